import type { Note } from '../decisions/decision';
import type { DeferReason, EndReason } from '../decisions/reasons';
import type { Snapshot } from '../events/event';
import type { Effect } from '../events/recorded-event';
import type { EventKey, StepId } from '../ids';
import type { JsonObject } from '../json/json';
import type { Instant } from '../time/clock';

/** The whole state of an enrollment's workflow: plain JSON that continue-as-new carries on. */
export type Progress = Readonly<{
  /** The newest entry event, pruned to the paths that conditions read. */
  entry: Snapshot;
  firstEntryAt: Instant;
  openedAt: Instant;
  /** The event that opened the enrollment. Absent in what versions before 0.2 carried. */
  enteredBy?: EventKey;
  position: Position;
  visits: Readonly<Record<string, number>>;
  /** Events that a later `waitFor` may still match, oldest first, bounded. */
  heard: readonly HeardEvent[];
  /** Waits for which an event was let go, until they are reached. */
  full?: readonly StepId[];
  /** Decisions no activity has written yet. */
  notes: readonly Note[];
  nextNote: number;
}>;

/** The place of an enrollment. Progress never rests on a step that takes no time. */
export type Position = Standing | Waiting | Ended;

type Resting = Readonly<{
  step: StepId;
  visit: number;
  since: Instant;
  previousSince: Instant;
}>;

/** It rests on a step whose work an activity does. The message of a send may be held. */
export type Standing = Resting & Readonly<{ kind: 'standing'; held?: Held }>;

/** The message of a step waits for its time, and then passes the gate again. */
export type Held = Readonly<{ until: Instant; because: DeferReason }>;

/** It rests on a step that waits. */
export type Waiting = Resting & Readonly<{ kind: 'waiting'; deadline: Deadline }>;

/**
 * It has ended; `closed` is true once the store knows of the end. `heldMessage` is true where a
 * message was held then, which comes to nothing.
 */
export type Ended = Readonly<{
  kind: 'ended';
  as: string;
  because: EndReason;
  at: Instant;
  by?: EventKey;
  closed: boolean;
  heldMessage?: true;
}>;

/** The wait began at `began`; its duration counts from `from`, which a refresh moves. */
type Counted = Readonly<{ began: Instant; from: Instant }>;

/**
 * When a wait ends. An `exact` one is known at once. A calendar one is `unresolved` until the
 * contact's zone is known, then `resolved`; it is stale once `from` has moved past `resolvedFrom`.
 * Resolved anew it ends at `earliest` or later, since a refresh brings nothing forward.
 */
export type Deadline =
  | (Counted & Readonly<{ kind: 'exact'; until: Instant }>)
  | (Counted & Readonly<{ kind: 'unresolved'; earliest?: Instant }>)
  | (Counted & Readonly<{ kind: 'resolved'; until: Instant; resolvedFrom: Instant }>);

/** An event as an enrollment hears it: pruned, with intake's verdict. */
export type HeardEvent = Readonly<{
  id: EventKey;
  name: string;
  occurredAt: Instant;
  receivedAt: Instant;
  properties: JsonObject;
  effect: Effect;
}>;

/** An enrollment as its exits see it, in the store or in the workflow. */
export type EntryFacts = Readonly<{
  entry: Snapshot;
  firstEntryAt: Instant;
  openedAt: Instant;
  /** The event that opened it. Absent in what versions before 0.2 carried. */
  enteredBy?: EventKey;
  /** Every key that its entry events have given it. Absent where the newest alone is known. */
  keys?: readonly string[];
}>;

/** A deadline as versions before 0.2 wrote it, without its kind. */
type KindlessDeadline = Readonly<{
  began: Instant;
  from: Instant;
  until?: Instant;
  resolvedFrom?: Instant;
}>;

type KindlessStanding = Standing & Readonly<{ deadline?: KindlessDeadline }>;

/** Progress as any version has written it. A history holds it, or a query answers it. */
export type CarriedProgress = Omit<Progress, 'position'> &
  Readonly<{ position: KindlessStanding | Waiting | Ended }>;

/** Reads the progress that any version has written. */
export function progressFrom(carried: CarriedProgress): Progress {
  const { position } = carried;
  if (position.kind !== 'standing') return { ...carried, position };
  const { deadline, ...standing } = position;
  if (!deadline) return { ...carried, position: standing };
  return {
    ...carried,
    position: { ...standing, kind: 'waiting', deadline: deadlineFrom(deadline) },
  };
}

function deadlineFrom({ began, from, until, resolvedFrom }: KindlessDeadline): Deadline {
  if (until === undefined) return { kind: 'unresolved', began, from };
  if (resolvedFrom === undefined) return { kind: 'exact', began, from, until };
  return { kind: 'resolved', began, from, until, resolvedFrom };
}
