import { problemOf, type Problem } from '../problems/problem';
import type { Caller } from '../operation';
import type { Scope } from '../scope';

/** The answer to a key that lacks a scope. */
export function lacking(scope: Scope): Problem {
  return problemOf('forbidden', `The API key lacks the scope "${scope}"; use a key that has it.`);
}

/** Tells in the contract which fields depend on the scope. */
export const personal = 'Shown to keys with `contacts:read`';

/**
 * Leaves personal fields out of a view where the caller may not read contacts. The scope of a route
 * alone does not open them.
 */
export function shownTo<View extends object>(
  { may }: Pick<Caller, 'may'>,
  view: View,
  fields: readonly FieldOf<View>[],
): object {
  if (may('contacts:read')) return view;
  const shown = Object.entries(view).filter(([name]) => !fields.some((field) => field === name));
  return Object.fromEntries(shown);
}

/** A field of any form that a view may have. */
type FieldOf<View> = View extends unknown ? keyof View : never;
