import type { Condition, FactPath } from '../conditions/condition';
import type { ChannelName, Purpose } from '../contacts/contact';
import type { JourneyId, StepId, TemplateId } from '../ids';
import type { Stage } from './journey';

/** The normal form of a published version: defaults filled, every `next` explicit, durations parsed. */
export type CompiledJourney = Readonly<{
  id: JourneyId;
  version: number;
  name: string;
  stage: Stage;
  entry: CompiledEntry;
  exits: readonly CompiledExit[];
  first: Next;
  steps: Readonly<Record<StepId, CompiledStep>>;
  /** Every event name that an exit or wait can hear, and entry names where a repeat refreshes. */
  listens: readonly string[];
  /** The paths below `event` and `entry` that conditions inside the workflow read; nothing else reaches Temporal. */
  needs: Readonly<{ event: readonly FactPath[]; entry: readonly FactPath[] }>;
  untilMs?: number;
  zone?: string;
}>;

/** Where to go: a step, or `null` for the end. */
export type Next = StepId | null;

export type Duration =
  Readonly<{ kind: 'exact'; ms: number }> | Readonly<{ kind: 'calendar'; iso: string }>;

export type CompiledEntry = Readonly<{
  events: readonly string[];
  when?: Condition;
  key: readonly FactPath[];
  repeat: 'ignore' | 'refresh';
  again: 'never' | 'afterExit' | Readonly<{ after: Duration }>;
  limit?: Readonly<{ starts: number; within: Duration }>;
}>;

export type CompiledExit = Readonly<{
  events: readonly string[];
  when?: Condition;
  as: string;
  lookBackMs: number;
}>;

export type CompiledStep =
  CompiledSend | CompiledWait | CompiledWaitFor | CompiledBranch | CompiledExitStep;

export type CompiledSend = Readonly<{
  kind: 'send';
  id: StepId;
  template: TemplateId;
  purpose: Purpose;
  channels: readonly ChannelName[];
  delivery: 'at-most-once' | 'at-least-once';
  next: Next;
}>;

export type CompiledWait = Readonly<{
  kind: 'wait';
  id: StepId;
  for: Duration;
  restart?: Readonly<{ atMostMs: number }>;
  next: Next;
}>;

export type CompiledWaitFor = Readonly<{
  kind: 'waitFor';
  id: StepId;
  cases: readonly Readonly<{ names: readonly string[]; when?: Condition; next: Next }>[];
  timeout: Duration;
  onTimeout: Next;
  since: 'previousStep' | 'entry';
}>;

export type CompiledBranch = Readonly<{
  kind: 'branch';
  id: StepId;
  cases: readonly Readonly<{ when: Condition; next: Next }>[];
  otherwise: Next;
  /** True where a condition reads stored facts, so that an activity must decide. */
  decides: boolean;
}>;

export type CompiledExitStep = Readonly<{ kind: 'exit'; id: StepId; as: string }>;
