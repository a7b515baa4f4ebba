import type { Enrollment } from '../../core/enrollments/enrollment';
import type { WorkspaceId } from '../../core/ids';
import type {
  Effect,
  Intervention,
  RecordedEvent,
  SkippedWait,
} from '../../core/events/recorded-event';
import { stepAt } from '../../core/enrollments/walk';
import { meaningOf } from '../../core/journeys/steps/kinds';
import { closeRow } from '../close-row';
import type { IntakeDependencies } from '../dependencies';
import { engineKeyOf, storeEngineEvent } from './engine-event';
import type { OperatorRefusal, OperatorRequest } from '../intake';
import { journeyOf } from '../journey-of';

/** An event that was accepted is stored, and still to be settled where it is pending. */
export type Intervened =
  Readonly<{ kind: 'accepted'; event: RecordedEvent; row: Enrollment }> | OperatorRefusal;

/** Closes the row at once, since the send gate reads it; after a crash in between, settling closes it. */
export async function exit(
  dependencies: IntakeDependencies,
  workspace: WorkspaceId,
  request: OperatorRequest,
): Promise<Intervened> {
  const answer = await intervene(dependencies, workspace, {
    request,
    action: 'exit',
    name: 'Enrollment Exited',
    effectOn: () => Promise.resolve(exited),
  });
  if (answer.kind !== 'accepted') return answer;
  const { row, event } = answer;
  const { as, because } = exited;
  const by = { event: event.key, occurredAt: event.occurredAt };
  await closeRow(dependencies, row, { as, because, at: dependencies.clock.now(), by });
  return answer;
}

const exited = { kind: 'exited', as: 'stopped', because: 'operator' } as const;

export function skipWait(
  dependencies: IntakeDependencies,
  workspace: WorkspaceId,
  request: OperatorRequest,
): Promise<Intervened> {
  return intervene(dependencies, workspace, {
    request,
    action: 'skip-wait',
    name: 'Wait Skipped',
    effectOn: (row) => skipOf(dependencies, row),
  });
}

async function skipOf(
  dependencies: IntakeDependencies,
  row: Enrollment,
): Promise<Effect | undefined> {
  const place = await placeOf(dependencies, row);
  if (!place) return undefined;
  const { kind } = meaningOf(stepAt(await journeyOf(dependencies, row), place.step));
  return kind === 'wait' ? { kind: 'skipped-wait', ...place } : undefined;
}

/** Where it stands, by its workflow, else by its row, which knows of no wait that has ended since. */
async function placeOf(
  { workflows }: IntakeDependencies,
  row: Enrollment,
): Promise<Omit<SkippedWait, 'kind'> | undefined> {
  const position = (await workflows.progressOf(row.id))?.position;
  if (position && position.kind !== 'ended') {
    const { step, since, visit } = position;
    return { step, since, visit };
  }
  return position || row.step === null ? undefined : { step: row.step, since: row.since };
}

type Asked = Readonly<{
  request: OperatorRequest;
  action: Intervention['action'];
  /** Of the event that it is. */
  name: string;
  /** Undefined where the enrollment stands at nothing that it could be done to. */
  effectOn(row: Enrollment): Promise<Effect | undefined>;
}>;

async function intervene(
  dependencies: IntakeDependencies,
  workspace: WorkspaceId,
  { request, action, name, effectOn }: Asked,
): Promise<Intervened> {
  const { store, newEventId } = dependencies;
  const { enrollment, requestId = newEventId(), by, reason } = request;
  const row = await store.enrollments.find(workspace, enrollment);
  if (!row) return { kind: 'unknown-enrollment' };
  const id = `${action}:${row.id}:${requestId}`;
  const before = await store.events.findByKey(workspace, engineKeyOf(workspace, id));
  if (before) return { kind: 'accepted', event: before, row };
  if (row.ended) return { kind: 'ended', ending: row.ended };
  const effect = await effectOn(row);
  if (!effect) return { kind: 'not-waiting' };
  const event = await storeEngineEvent(dependencies, {
    id,
    name,
    workspace,
    contact: row.contact,
    targets: [{ enrollment: row.id, effect }],
    intervention: { action, by, reason },
  });
  return { kind: 'accepted', event, row };
}
