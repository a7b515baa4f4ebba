import { stepId, type StepId } from '../../ids';
import { exactMs, parseDuration, type Duration, type DurationText } from '../../time/duration';
import { edge, isPositive, nextOf, type Next, type StepModule } from './step';

/** Lets time pass, counted from the event time of what caused the step. */
export type WaitStep = Readonly<{
  id: string;
  kind: 'wait';
  for: DurationText;
  /** A refresh starts the wait again, at most until `atMost` after the wait began. */
  restartOn?: 'refresh';
  /** Exact; default `PT24H`. */
  atMost?: DurationText;
  next?: string;
}>;

/** The normal form of a `WaitStep`. */
export type CompiledWait = Readonly<{
  kind: 'wait';
  id: StepId;
  for: Duration;
  restart?: Readonly<{ atMostMs: number }>;
  next: Next;
}>;

/** Rests until its time has passed. Only exits, refreshes and operators cut it short. */
export const wait: StepModule<WaitStep, CompiledWait> = {
  compile: (step, below) => ({
    kind: 'wait',
    id: stepId(step.id),
    for: parseDuration(step.for),
    ...(step.restartOn && { restart: { atMostMs: exactMs(step.atMost ?? 'PT24H') } }),
    next: nextOf(step.next) ?? below,
  }),
  edges: (step) => [edge('/next', step.next, isPositive(step.for))],
  durations: (step) => [
    { pointer: '/for', text: step.for, must: 'be either' },
    { pointer: '/atMost', text: step.atMost, must: 'be exact' },
  ],
  conditions: () => [],
  hears: () => [],
  uses: () => [],
  meaning: (step) => ({
    kind: 'wait',
    for: step.for,
    ...(step.restart && { restart: step.restart }),
    heard: [],
    heardSince: 'previousStep',
    onTime: step.next,
    notesTimeout: false,
  }),
};
