import type { Instant } from '../time/clock';
import type { EndReason } from '../decisions/reasons';
import type { Event, Snapshot } from '../events/event';
import { isMessageEvent } from '../events/message-event';
import type { CompiledJourney } from '../journeys/compiled-journey';
import { entryKeysOf } from '../journeys/keys';
import type { EntryFacts } from './progress';
import type { ContactId, EnrollmentId, EventKey, JourneyId, StepId, WorkspaceId } from '../ids';

/** The end of an enrollment; `as` is the author's word, such as `converted`. */
export type Ending = Readonly<{
  as: string;
  because: EndReason;
  at: Instant;
  /** The event that ended it, and its time. An entry that is not newer is refused. */
  by?: Readonly<{ event: EventKey; occurredAt: Instant }>;
}>;

/**
 * A contact in a journey. Its row is the outbox of its start: `started` turns true once Temporal
 * has the workflow. Intake sets `ended` on an exit, and the last activity or a finish on any other
 * end.
 */
export type Enrollment = Readonly<{
  id: EnrollmentId;
  workspace: WorkspaceId;
  journey: JourneyId;
  version: number;
  contact: ContactId;
  /** The value that the key paths found. It may be personal: only its owner sees it. */
  key: string;
  /** Every key that its entry events have given it, for exits that have one. At most 20. */
  keys?: readonly string[];
  n: number;
  enteredBy: EventKey;
  listens: readonly string[];
  snapshot: Snapshot;
  firstEntryAt: Instant;
  /** When the entry was received: look-backs count from here. */
  openedAt: Instant;
  started: boolean;
  /** Its workflow was woken from its first wait, and has gone on. */
  awake?: true;
  step: StepId | null;
  since: Instant;
  ended?: Ending;
}>;

/** An enrollment as its exits see it. */
export function entryFactsOf(enrollment: Enrollment): EntryFacts {
  const { snapshot, firstEntryAt, openedAt, enteredBy, keys } = enrollment;
  return { entry: snapshot, firstEntryAt, openedAt, enteredBy, ...(keys && { keys }) };
}

/** The keys of an enrollment. Those of its snapshot stand in where none were stored. */
export function keysOf(
  journey: CompiledJourney,
  { keys, snapshot }: Pick<Enrollment, 'keys' | 'snapshot'>,
): readonly string[] {
  return keys ?? entryKeysOf(journey, snapshot);
}

/** Says whether an event is told to an enrollment. Its own opening is not. */
export function isToldOf(
  { id, listens, enteredBy }: Pick<Enrollment, 'id' | 'listens' | 'enteredBy'>,
  event: Pick<Event, 'key' | 'name' | 'enrollment'>,
): boolean {
  if (isMessageEvent(event.name) && event.enrollment !== id) return false;
  return listens.includes(event.name) && enteredBy !== event.key;
}

/** `starting` until Temporal has the workflow, then `open` until the end. */
export type EnrollmentStatus = 'starting' | 'open' | 'ended';

/** The status of an enrollment. */
export function statusOf({ ended, started }: Enrollment): EnrollmentStatus {
  if (ended) return 'ended';
  return started ? 'open' : 'starting';
}
