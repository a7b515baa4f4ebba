import type { EndReason, Note } from '../decisions/decision';
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
  position: Position;
  visits: Readonly<Record<string, number>>;
  /** Events that a later `waitFor` may still match, oldest first, bounded. */
  heard: readonly HeardEvent[];
  /** Decisions no activity has written yet. */
  notes: readonly Note[];
  nextNote: number;
}>;

/** Where an enrollment stands. Progress never rests on a step that takes no time. */
export type Position = Standing | Waiting | Ended;

type Resting = Readonly<{
  step: StepId;
  visit: number;
  since: Instant;
  previousSince: Instant;
}>;

/** It rests on a step whose work an activity does. */
export type Standing = Resting & Readonly<{ kind: 'standing' }>;

/** It rests on a step that waits. */
export type Waiting = Resting & Readonly<{ kind: 'waiting'; deadline: Deadline }>;

/** It has ended; `closed` is true once the store knows of the end. */
export type Ended = Readonly<{
  kind: 'ended';
  as: string;
  because: EndReason;
  at: Instant;
  by?: EventKey;
  closed: boolean;
}>;

/** The wait began at `began`; its duration counts from `from`, which a refresh moves. */
type Counted = Readonly<{ began: Instant; from: Instant }>;

/**
 * When a wait ends. An `exact` one is known at once. A calendar one is `unresolved` until the
 * contact's zone is known, then `resolved`; it is stale once `from` has moved past `resolvedFrom`.
 */
export type Deadline =
  | (Counted & Readonly<{ kind: 'exact'; until: Instant }>)
  | (Counted & Readonly<{ kind: 'unresolved' }>)
  | (Counted & Readonly<{ kind: 'resolved'; until: Instant; resolvedFrom: Instant }>);

/** One event as an enrollment hears it: pruned, with the verdict that intake has reached on it. */
export type HeardEvent = Readonly<{
  id: EventKey;
  name: string;
  occurredAt: Instant;
  receivedAt: Instant;
  properties: JsonObject;
  effect: Effect;
}>;

/** An enrollment as its exits see it: from the row in the store or the progress of the workflow. */
export type EntryFacts = Readonly<{ entry: Snapshot; firstEntryAt: Instant; openedAt: Instant }>;
