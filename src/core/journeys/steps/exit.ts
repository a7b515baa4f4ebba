import { stepId, type StepId } from '../../ids';
import type { StepModule } from './step';

/** Ends the enrollment `as` its author says; default `completed`. */
export type ExitStep = Readonly<{ id: string; kind: 'exit'; as?: string }>;

/** The normal form of an `ExitStep`. */
export type CompiledExitStep = Readonly<{ kind: 'exit'; id: StepId; as: string }>;

/** Leads nowhere. */
export const exit: StepModule<ExitStep, CompiledExitStep> = {
  compile: ({ id, as = 'completed' }) => ({ kind: 'exit', id: stepId(id), as }),
  edges: () => [],
  durations: () => [],
  conditions: () => [],
  hears: () => [],
  uses: () => [],
  meaning: ({ as }) => ({ kind: 'end', as }),
};
