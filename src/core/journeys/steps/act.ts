import { stepId, type StepId } from '../../ids';
import type { JsonObject } from '../../json/json';
import { edge, nextOf, type Next, type StepModule } from './step';

/** Carries out a named action, such as `change-contact`. The core knows its name and input only. */
export type ActStep = Readonly<{
  id: string;
  kind: 'act';
  action: string;
  /** An input that the schema of the action accepts; default `{}`. */
  input?: JsonObject;
  next?: string;
}>;

/** The normal form of an `ActStep`. */
export type CompiledAct = Readonly<{
  kind: 'act';
  id: StepId;
  action: string;
  input: JsonObject;
  next: Next;
}>;

/** An activity carries the action out; the journey goes on whatever became of it. */
export const act: StepModule<ActStep, CompiledAct> = {
  compile: (step, { below }) => ({
    kind: 'act',
    id: stepId(step.id),
    action: step.action,
    input: step.input ?? {},
    next: nextOf(step.next) ?? below,
  }),
  edges: ({ next }) => [edge('/next', next, false)],
  durations: () => [],
  conditions: () => [],
  hears: () => [],
  uses: ({ action, input = {} }) => [{ kind: 'action', pointer: '', action, input }],
  meaning: ({ next }) => ({ kind: 'perform', work: 'act', next }),
};
