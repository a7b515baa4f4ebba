import { createHash } from 'node:crypto';
import { eventId, eventKey, type ContactId, type WorkspaceId } from '../../core/ids';
import { erasedFingerprint, type RecordedEvent } from '../../core/events/recorded-event';
import { leaseMs, type IntakeDependencies } from '../dependencies';
import { base32 } from '../../process/base32';

type Given = Pick<RecordedEvent, 'name'> &
  Partial<Pick<RecordedEvent, 'targets' | 'command' | 'intervention'>> &
  Readonly<{ id: string; workspace: WorkspaceId; contact: ContactId }>;

/**
 * Stores an event of the engine's own, such as the end of an enrollment whose contact was merged: durable and re-driven like
 * any other. One of the same id that is there already is answered as it stands.
 */
export async function storeEngineEvent(
  { store, clock }: IntakeDependencies,
  { id, workspace, ...given }: Given,
): Promise<RecordedEvent> {
  const at = clock.now();
  const event: RecordedEvent = {
    targets: [],
    ...given,
    workspace,
    id: eventId(id),
    key: engineKeyOf(workspace, id),
    occurredAt: at,
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

/** Begins with an empty line, so that no id a client may choose leads to the same key. */
export function engineKeyOf(workspace: WorkspaceId, id: string) {
  return eventKey(`e${base32(createHash('sha256').update(`\n${workspace}\n${id}`).digest(), 25)}`);
}
