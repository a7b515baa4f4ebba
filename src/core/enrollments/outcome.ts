import type { DeferReason, EndReason } from '../decisions/reasons';
import type { Snapshot } from '../events/event';
import type { EventKey, StepId } from '../ids';
import type { Instant } from '../time/clock';

/** The result of an instruction. `written` counts the notes that the activity has written. */
export type Outcome =
  | HandledOutcome
  | DeferredOutcome
  | Readonly<{ kind: 'woke'; at: Instant }>
  | Readonly<{ kind: 'resolved'; step: StepId; from: Instant; until: Instant }>
  | Readonly<{ kind: 'decided'; step: StepId; taken: number; at: Instant; written: number }>;

/** The work of a step is over, whatever became of it. */
export type HandledOutcome = Readonly<{
  kind: 'handled';
  step: StepId;
  at: Instant;
  written: number;
  /** Present when the activity found the enrollment ended, or ended it: the row is closed. */
  ended?: Readonly<{ as: string; because: EndReason; by?: EventKey }>;
  /** Present when the activity found a newer entry than the one its order rested on. */
  entry?: Snapshot;
}>;

/** The message of a step waits for its time. */
export type DeferredOutcome = Readonly<{
  kind: 'deferred';
  step: StepId;
  until: Instant;
  because: DeferReason;
  written: number;
}>;
