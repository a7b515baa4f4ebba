import type { Condition } from '../../conditions/condition';
import { pathsOf } from '../../conditions/holds';
import { stepId, type StepId } from '../../ids';
import { edge, nextOf, type BranchCase, type Next, type StepModule } from './step';

/** Leads on by the first case whose condition holds. */
export type BranchStep = Readonly<{
  id: string;
  kind: 'branch';
  cases: readonly Readonly<{ when: Condition; next: string }>[];
  otherwise?: string;
}>;

/** The normal form of a `BranchStep`. */
export type CompiledBranch = Readonly<{
  kind: 'branch';
  id: StepId;
  cases: readonly BranchCase[];
  otherwise: Next;
  /** True where a condition reads stored facts, so that an activity must decide. */
  decides: boolean;
}>;

/** Passes on at once where every condition reads the entry alone; else an activity decides. */
export const branch: StepModule<BranchStep, CompiledBranch> = {
  compile: (step, { below }) => ({
    kind: 'branch',
    id: stepId(step.id),
    cases: step.cases.map(({ when, next }) => ({ when, next: stepId(next) })),
    otherwise: nextOf(step.otherwise) ?? below,
    decides: step.cases.some(({ when }) => pathsOf(when).some(isStored)),
  }),
  edges: ({ cases, otherwise }) => [
    ...cases.map(({ next }, index) => edge(`/cases/${index}/next`, next, false)),
    edge('/otherwise', otherwise, false),
  ],
  durations: () => [],
  conditions: ({ cases }) =>
    cases.map(({ when }, index) => ({
      pointer: `/cases/${index}/when`,
      when,
      roots: ['entry', 'contact', 'message'],
    })),
  hears: () => [],
  uses: () => [],
  meaning: ({ decides, cases, otherwise }) => ({
    kind: decides ? 'decide' : 'pass',
    cases,
    otherwise,
  }),
};

function isStored(path: string): boolean {
  return !path.startsWith('entry.');
}
