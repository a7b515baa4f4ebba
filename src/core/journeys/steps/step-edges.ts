import { assertNever } from '../../assert-never';
import type { DurationText, Step } from '../journey';

/** One way out of a step. Without `to` it goes on to the step below. */
export type StepEdge = Readonly<{
  to?: string;
  /** Below the step, as a JSON Pointer. */
  pointer: string;
  /** False where nothing has to happen first and no time passes. */
  waits: boolean;
}>;

export function edgesOf(step: Step): readonly StepEdge[] {
  switch (step.kind) {
    case 'send':
      return [edge('/next', step.next, false)];
    case 'wait':
      return [edge('/next', step.next, isPositive(step.for))];
    case 'waitFor':
      return [
        ...step.events.map(({ next }, index) => edge(`/events/${index}/next`, next, true)),
        edge('/onTimeout', step.onTimeout, isPositive(step.timeout)),
      ];
    case 'branch':
      return [
        ...step.cases.map(({ next }, index) => edge(`/cases/${index}/next`, next, false)),
        edge('/otherwise', step.otherwise, false),
      ];
    case 'exit':
      return [];
    default:
      return assertNever(step);
  }
}

function edge(pointer: string, to: string | undefined, waits: boolean): StepEdge {
  return { pointer, waits, ...(to !== undefined && { to }) };
}

function isPositive(duration: DurationText): boolean {
  return /[1-9]/.test(duration);
}
