import { resolve } from 'node:path';
import { planStack, type StackWishes } from './plan';
import { supervise, type StackPlan } from './supervise';

export type StackFacts = StackPlan['facts'];

export type StackOptions = StackWishes &
  Readonly<{
    /** Stops a start that is under way. */
    signal?: AbortSignal;
  }>;

export type Stack = Readonly<{
  /** Addresses, api key and clock. */
  facts: StackFacts;
  /** Ends every process; what the folder holds stays for the next start. */
  stop: () => Promise<void>;
}>;

/**
 * Everything on one machine: Temporal, store, mailbox, worker and api, kept alive, their addresses
 * in `stack.json` of the folder. Throws DomainError `conflict` or `unavailable` with the remedy;
 * then nothing is left running.
 */
export async function startStack({ signal, ...options }: StackOptions): Promise<Stack> {
  const stateDir = resolve(options.stateDir);
  const wishes = { ...options, stateDir };
  return supervise({
    stateDir,
    plan: () => planStack(wishes),
    log: options.log,
    ...(signal === undefined ? {} : { signal }),
  });
}
