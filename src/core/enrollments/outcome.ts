import type { Instant } from '../time/clock';
import type { EndReason } from '../decisions/decision';
import type { EventKey, StepId } from '../ids';

/** What came of an instruction. `written` counts the notes that the activity has written. */
export type Outcome =
  | HandledOutcome
  | Readonly<{ kind: 'woke'; at: Instant }>
  | Readonly<{ kind: 'resolved'; step: StepId; from: Instant; until: Instant }>
  | Readonly<{ kind: 'decided'; step: StepId; taken: number; at: Instant; written: number }>;

/** A send is over, whatever became of the message. */
export type HandledOutcome = Readonly<{
  kind: 'handled';
  step: StepId;
  at: Instant;
  written: number;
  /** Present when the send found the enrollment ended, or ended it: the row is closed. */
  ended?: Readonly<{ as: string; because: EndReason; by?: EventKey }>;
}>;
