import type { Instant } from '../time/clock';
import type { EndReason, Note } from '../decisions/decision';
import type { Snapshot } from '../events/event';
import type { EventKey, StepId } from '../ids';
import type { JsonObject } from '../json/json';
import type { Effect } from '../events/recorded-event';

/** Where one enrollment stands: plain JSON, the whole state of its workflow and all that continue-as-new carries. */
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

export type Position = Standing | Ended;

/** Resting on a step that takes time: progress never rests on a pure one. */
export type Standing = Readonly<{
  kind: 'standing';
  step: StepId;
  visit: number;
  since: Instant;
  previousSince: Instant;
  /** Present on a step that waits. */
  deadline?: Deadline;
}>;

/** `closed` is true once the store knows of the end. */
export type Ended = Readonly<{
  kind: 'ended';
  as: string;
  because: EndReason;
  at: Instant;
  by?: EventKey;
  closed: boolean;
}>;

/** A wait counts from `from`; `until` stays unknown while a calendar duration is unresolved. */
export type Deadline = Readonly<{
  began: Instant;
  from: Instant;
  until?: Instant;
  resolvedFrom?: Instant;
}>;

/** One event as an enrollment hears it: pruned, with the verdict intake has reached on it. */
export type HeardEvent = Readonly<{
  id: EventKey;
  name: string;
  occurredAt: Instant;
  receivedAt: Instant;
  properties: JsonObject;
  effect: Effect;
}>;

/** An enrollment as its exits see it: the row in the store or the progress of the workflow. */
export type EntryFacts = Readonly<{ entry: Snapshot; firstEntryAt: Instant; openedAt: Instant }>;
