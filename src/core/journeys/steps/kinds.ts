import type { Condition } from '../../conditions/condition';
import { act, type ActStep, type CompiledAct } from './act';
import { branch, type BranchStep, type CompiledBranch } from './branch';
import { exit, type CompiledExitStep, type ExitStep } from './exit';
import { send, type CompiledSend, type SendStep } from './send';
import type {
  StepCondition,
  StepDuration,
  StepEdge,
  StepMeaning,
  StepModule,
  StepUse,
  Surroundings,
} from './step';
import { wait, type CompiledWait, type WaitStep } from './wait';
import { waitFor, type CompiledWaitFor, type WaitForStep } from './wait-for';

type AnyStep = SendStep | WaitStep | WaitForStep | BranchStep | ActStep | ExitStep;

type AnyCompiledStep =
  CompiledSend | CompiledWait | CompiledWaitFor | CompiledBranch | CompiledAct | CompiledExitStep;

/** The name of a kind of step. */
export type StepKind = AnyStep['kind'];

/** A step as its author writes it. */
export type Step<Kind extends StepKind = StepKind> = Extract<AnyStep, { kind: Kind }>;

/** A step in its normal form. */
export type CompiledStep<Kind extends StepKind = StepKind> = Extract<
  AnyCompiledStep,
  { kind: Kind }
>;

/** Every kind of step. */
const kinds = { send, wait, waitFor, branch, act, exit } satisfies {
  [Kind in StepKind]: StepModule<Step<Kind>, CompiledStep<Kind>>;
};

function moduleOf({ kind }: Readonly<{ kind: StepKind }>): StepModule<Step, CompiledStep> {
  return kinds[kind];
}

/** The normal form of a step. It leads to the one below where it names no other. */
export function compileStep(step: Step, surroundings: Surroundings): CompiledStep {
  return moduleOf(step).compile(step, surroundings);
}

/** Every way out of a step. */
export function edgesOf(step: Step): readonly StepEdge[] {
  return moduleOf(step).edges(step);
}

/** Every duration that the author wrote in a step. */
export function durationsOf(step: Step): readonly StepDuration[] {
  return moduleOf(step).durations(step);
}

/** Every condition that the author wrote in a step. */
export function conditionsOf(step: Step): readonly StepCondition[] {
  return moduleOf(step).conditions(step);
}

/** The names of the events that a step can hear. */
export function namesHeardBy(step: Step): readonly string[] {
  return moduleOf(step).hears(step);
}

/** The word an enrollment ends as at this step; undefined where it goes on. */
export function endAt(step: Step): string | undefined {
  return step.kind === 'exit' ? (step.as ?? 'completed') : undefined;
}

/** The templates and actions that a step names. */
export function usesOf(step: Step | CompiledStep): readonly StepUse[] {
  return moduleOf(step).uses(step);
}

/** The meaning of a step to the engine. */
export function meaningOf(step: CompiledStep): StepMeaning {
  return moduleOf(step).meaning(step);
}

/** The conditions of a step that are evaluated inside the workflow. */
export function conditionsInWorkflow(step: CompiledStep): readonly Condition[] {
  const meaning = meaningOf(step);
  if (meaning.kind === 'wait') return meaning.heard.flatMap(({ when }) => when ?? []);
  return meaning.kind === 'pass' ? meaning.cases.map(({ when }) => when) : [];
}
