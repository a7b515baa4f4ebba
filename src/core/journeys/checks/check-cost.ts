import type { Condition } from '../../conditions/condition';
import { comparisonsOf } from '../../conditions/holds';
import type { Fault } from '../../domain-error';

/** A condition at its place in a journey. */
type Placed = Readonly<{ when: Condition | undefined; pointer: string; subject: string }>;

/** A workflow decides within a second; a comparison of lists takes up to 400 µs. */
const mostComparisons = 500;

/** Finds the condition that is too much for a workflow, together with those before it. */
export function checkCost(placed: readonly Placed[]): readonly Fault[] {
  let count = 0;
  for (const { when, pointer, subject } of placed) {
    count += when ? comparisonsOf(when).length : 0;
    if (count > mostComparisons) return [tooCostly(pointer, subject)];
  }
  return [];
}

function tooCostly(pointer: string, subject: string): Fault {
  const detail = `${subject} is past the ${mostComparisons} comparisons of a journey; compare less, or split it`;
  return { pointer, code: 'too-costly', detail };
}
