import type { ContactId } from '../ids';

/**
 * An operator asked for it. `by` names the operator, `reason` is free text and stays out of
 * Temporal.
 */
type AskedByOperator = Readonly<{ by: string; reason: string }>;

/**
 * It is looked over once more at `lookAgainAt`, in real epoch milliseconds. Whatever was under way
 * when it was asked for has been stored by then.
 */
type LookedOverAgain = Readonly<{ lookAgainAt: number }>;

type Contents = Readonly<{
  exit: AskedByOperator;
  'skip-wait': AskedByOperator;
  merge: LookedOverAgain & Readonly<{ other: ContactId }>;
  erase: LookedOverAgain;
}>;

/** The name of a command. */
export type CommandKind = keyof Contents;

/**
 * A request of people or the engine about an enrollment or a contact. It travels in an event of
 * that contact, so that it is durable and re-driven. `merge` makes the event's contact and `other`
 * one.
 */
export type Command<Kind extends CommandKind = CommandKind> = {
  [Each in Kind]: Readonly<{ kind: Each }> & Contents[Each];
}[Kind];

/** A command that an operator gave to an enrollment. */
export type OperatorCommand = Extract<Command, AskedByOperator>;

/** Tells whether an operator gave a command; false where there is none. */
export function isByOperator(command: Command | undefined): command is OperatorCommand {
  return command !== undefined && 'by' in command;
}
