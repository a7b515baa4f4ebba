import { assertNever } from '../../assert-never';
import type { FactRoot } from '../../conditions/check-condition';
import type { Condition } from '../../conditions/condition';
import type { ChannelName, Purpose } from '../../channels';
import { stepId, type StepId } from '../../ids';
import type { JsonObject } from '../../json/json';
import type { Duration, DurationText } from '../../time/duration';

/** The step to go to, or `null` for the end. */
export type Next = StepId | null;

/** A way out of a step. Without `to` it leads to the step below. */
export type StepEdge = Readonly<{
  to?: string;
  /** Below the step, as a JSON Pointer. */
  pointer: string;
  /** False where nothing has to happen first and no time passes. */
  waits: boolean;
  /** It takes this long; absent where nothing says how long. */
  lasts?: DurationText;
}>;

/** A duration that an author wrote in a step. `pointer` is relative to the step. */
export type StepDuration = Readonly<{
  pointer: string;
  text: DurationText | undefined;
  must: 'be exact' | 'be either';
  /** The duration has to stay below this one, or a refresh restarts nothing. */
  below?: DurationText;
}>;

/** A condition that an author wrote in a step, and the facts it may read. */
export type StepCondition = Readonly<{
  pointer: string;
  when: Condition | undefined;
  roots: readonly FactRoot[];
}>;

/** A template or an action that a step names; publishing checks that it exists. */
export type StepUse =
  | Readonly<{
      kind: 'template';
      pointer: string;
      template: string;
      purpose: Purpose;
      channel: ChannelName;
    }>
  | Readonly<{ kind: 'action'; pointer: string; action: string; input: JsonObject }>;

/** Steps whose work an activity does. Each has its instruction, its activity and its outcome. */
export type Performed = 'send' | 'act';

/** An event that ends a wait: one of `names`, where `when` holds. */
export type HeardCase = Readonly<{ names: readonly string[]; when?: Condition; next: Next }>;

/** A condition and where it leads. */
export type BranchCase = Readonly<{ when: Condition; next: Next }>;

/** A refresh starts a wait again, at most until `atMostMs` after it began. */
export type Restart = Readonly<{ atMostMs?: number }>;

/** Progress rests until time has passed, or until an event among `heard` ends it. */
export type WaitMeaning = Readonly<{
  kind: 'wait';
  for: Duration;
  /** Present where a refresh starts the wait again. */
  restart?: Restart;
  heard: readonly HeardCase[];
  /** Events count since the previous step began, or since the first entry. */
  heardSince: 'previousStep' | 'entry';
  onTime: Next;
  /** True where running out of time is a decision of its own. */
  notesTimeout: boolean;
}>;

/** Progress rests until an activity has done the work of the step. */
export type PerformMeaning = Readonly<{ kind: 'perform'; work: Performed; next: Next }>;

/** Cases in order; the first whose condition holds is taken. */
type Cases = Readonly<{ cases: readonly BranchCase[]; otherwise: Next }>;

/** Progress rests until an activity has read the stored facts and decided. */
export type DecideMeaning = Cases & Readonly<{ kind: 'decide' }>;

/** Progress passes on at once, by facts below `entry` alone. */
export type PassMeaning = Cases & Readonly<{ kind: 'pass' }>;

/** The enrollment ends here. */
export type EndMeaning = Readonly<{ kind: 'end'; as: string }>;

/** The meaning of a step. The engine interprets it, and knows no kind of step. */
export type StepMeaning = WaitMeaning | PerformMeaning | DecideMeaning | PassMeaning | EndMeaning;

/** A step leads to `below` where it names no other. */
export type Surroundings = Readonly<{
  below: Next;
  /** True where a refresh restarts every wait of the journey. */
  restarts: boolean;
}>;

/**
 * A kind of step, from its author's words to its meaning. Every member is pure, and total on
 * whatever the schema of the kind accepts.
 */
export type StepModule<Written, Compiled> = Readonly<{
  /** The normal form. Durations must parse. */
  compile(step: Written, surroundings: Surroundings): Compiled;
  edges(step: Written): readonly StepEdge[];
  durations(step: Written): readonly StepDuration[];
  conditions(step: Written): readonly StepCondition[];
  /** The names of the events that the step can hear. */
  hears(step: Written): readonly string[];
  uses(step: Written | Compiled): readonly StepUse[];
  meaning(step: Compiled): StepMeaning;
}>;

/** Every step that a meaning leads to. */
export function nextsOf(meaning: StepMeaning): readonly Next[] {
  switch (meaning.kind) {
    case 'wait':
      return [meaning.onTime, ...meaning.heard.map(({ next }) => next)];
    case 'perform':
      return [meaning.next];
    case 'decide':
    case 'pass':
      return [meaning.otherwise, ...meaning.cases.map(({ next }) => next)];
    case 'end':
      return [];
    default:
      return assertNever(meaning);
  }
}

/** A step's `next` as its author wrote it, or nothing. */
export function nextOf(id: string | undefined): Next {
  return id === undefined ? null : stepId(id);
}

/** An edge whose target may be left out. */
export function edge(pointer: string, to: string | undefined, waits: boolean): StepEdge {
  return { pointer, waits, ...(to !== undefined && { to }) };
}

/** An edge that is taken once the duration is over. */
export function timedEdge(pointer: string, to: string | undefined, lasts: DurationText): StepEdge {
  return { ...edge(pointer, to, isPositive(lasts)), lasts };
}

/** True where a duration, as written, is longer than nothing. */
function isPositive(duration: DurationText): boolean {
  return /[1-9]/.test(duration);
}
