import type { CheckActionInput } from '../../../core/journeys/checks/check-uses';
import type { Action, ActionName } from '../define-action';
import { changeContact } from './change-contact';

/** Every action, by the name that a step gives it. */
const actions = {
  'change-contact': changeContact,
} satisfies Readonly<Record<ActionName, Action>>;

/** The actions by name. */
export const actionsByName: ReadonlyMap<string, Action> = new Map(Object.entries(actions));

/** The check of each action's input, by name. Publishing asks it. */
export const actionChecks: ReadonlyMap<string, CheckActionInput> = new Map(
  Object.entries(actions).map(([name, { check }]) => [name, check]),
);
