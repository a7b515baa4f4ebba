import { eventId, type ContactId, type WorkspaceId } from '../../../core/ids';
import {
  erasedFingerprint,
  type RecordedEvent,
  type RoutedEvent,
} from '../../../core/events/recorded-event';
import { leaseMs, type IntakeDependencies } from '../../dependencies';
import { engineKeyOf } from '../../accept/event-identity';

/** An event of the engine's own. The same `id` in a workspace is the same event. */
export type EngineEvent = Pick<RoutedEvent, 'name'> &
  Partial<Pick<RoutedEvent, 'targets' | 'command'>> &
  Readonly<{ id: string; workspace: WorkspaceId; contact: ContactId }>;

/**
 * Stores an event of the engine's own: durable and re-driven like any other. An event of the same
 * id that is stored already is answered as it stands.
 */
export async function storeEngineEvent(
  { store, clock, receivedNow }: IntakeDependencies,
  { id, workspace, ...given }: EngineEvent,
): Promise<RecordedEvent> {
  const at = receivedNow();
  const event: RecordedEvent = {
    targets: [],
    ...given,
    workspace,
    id: eventId(id),
    key: engineKeyOf(workspace, id),
    occurredAt: Math.floor(at),
    receivedAt: at,
    properties: {},
    source: 'itinera',
    fingerprint: erasedFingerprint,
    status: 'pending',
    refusals: [],
  };
  const inserted = await store.events.insert(event, { nextAt: clock.realNow() + leaseMs });
  return inserted.kind === 'inserted' ? event : inserted.existing;
}
