import type { Condition } from './condition';
import type { Facts } from './facts';
import { holds, pathsOf } from './holds';

/**
 * Says whether a condition can still be true. A root that is absent from the facts is not known
 * yet, and a comparison that reads it decides nothing.
 */
export function couldHold(condition: Condition, facts: Facts): boolean {
  return verdictOn(condition, facts) !== false;
}

/** Undefined where unknown facts decide. */
function verdictOn(condition: Condition, facts: Facts): boolean | undefined {
  if ('all' in condition) return joined(condition.all, facts, false);
  if ('any' in condition) return joined(condition.any, facts, true);
  if ('fact' in condition) return isKnown(condition, facts) ? holds(condition, facts) : undefined;
  const verdict = verdictOn(condition.not, facts);
  return verdict === undefined ? undefined : !verdict;
}

/** A part with the `decisive` verdict decides. Otherwise all parts have to be known. */
function joined(parts: readonly Condition[], facts: Facts, decisive: boolean): boolean | undefined {
  const verdicts = parts.map((part) => verdictOn(part, facts));
  if (verdicts.includes(decisive)) return decisive;
  return verdicts.includes(undefined) ? undefined : !decisive;
}

function isKnown(condition: Condition, facts: Facts): boolean {
  return pathsOf(condition).every((path) => Object.hasOwn(facts, path.split('.')[0] ?? ''));
}
