import type { Condition, FactPath } from '../conditions/condition';
import type { JourneyId, StepId } from '../ids';
import type { Duration } from '../time/duration';
import type { Stage } from './journey';
import type { CompiledStep } from './steps/kinds';
import type { Next } from './steps/step';

/** The normal form of a published version: defaults filled, `next` explicit, durations parsed. */
export type CompiledJourney = Readonly<{
  id: JourneyId;
  version: number;
  name: string;
  stage: Stage;
  entry: CompiledEntry;
  exits: readonly CompiledExit[];
  first: Next;
  steps: Readonly<Record<StepId, CompiledStep>>;
  /** The event names that exits and waits hear, and entry names where a repeat refreshes. */
  listens: readonly string[];
  /** The paths that conditions in the workflow read. Nothing else reaches Temporal. */
  needs: Readonly<{ event: readonly FactPath[]; entry: readonly FactPath[] }>;
  untilMs?: number;
  zone?: string;
  /** Absent where it is the usual one. */
  priority?: number;
}>;

/** The priority of a journey that sets none. */
export const usualPriority = 50;

/**
 * The greatest age of an entry where its journey says nothing, in milliseconds. It lets a nightly
 * transfer of the day before in.
 */
export const defaultEntryAgeMs = 36 * 3_600_000;

/** The normal form of an entry. */
export type CompiledEntry = Readonly<{
  events: readonly string[];
  when?: Condition;
  key: readonly FactPath[];
  repeat: 'ignore' | 'refresh';
  again:
    | 'never'
    | 'afterExit'
    | Readonly<{ after: Duration }>
    | Readonly<{ notAfter: readonly string[] }>;
  /** Absent in versions published before 0.2, for which the default counts. */
  notOlderThanMs?: number;
  limit?: Readonly<{ starts: number; within: Duration }>;
}>;

/** The normal form of an exit. */
export type CompiledExit = Readonly<{
  events: readonly string[];
  when?: Condition;
  /** Paths below the event; it is about the enrollments that share a key found there. */
  key?: readonly FactPath[];
  as: string;
  /** Without end where an exit has a key and its author sets none. */
  lookBackMs: number;
}>;

/** A look-back beyond every receipt, in milliseconds. JSON knows no infinity. */
export const withoutEnd = Number.MAX_SAFE_INTEGER;
