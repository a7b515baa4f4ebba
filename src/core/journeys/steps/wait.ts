import { stepId, type StepId } from '../../ids';
import { exactMs, parseDuration, type Duration, type DurationText } from '../../time/duration';
import { nextOf, timedEdge, type Next, type Restart, type StepModule } from './step';

/** Lets time pass, counted from the event time of what caused the step. */
export type WaitStep = Readonly<{
  id: string;
  kind: 'wait';
  for: DurationText;
  /**
   * A refresh starts the wait again, at most until `atMost` after the wait began. Not needed where
   * the entry says `repeat: restart`.
   */
  restartOn?: 'refresh';
  /** Exact and longer than `for`; default `PT24H` beside `restartOn`, else no limit. */
  atMost?: DurationText;
  next?: string;
}>;

/** The normal form of a `WaitStep`. */
export type CompiledWait = Readonly<{
  kind: 'wait';
  id: StepId;
  for: Duration;
  restart?: Restart;
  next: Next;
}>;

/** Rests until its time has passed. Only exits, refreshes and operators cut it short. */
export const wait: StepModule<WaitStep, CompiledWait> = {
  compile: (step, { below, restarts }) => ({
    kind: 'wait',
    id: stepId(step.id),
    for: parseDuration(step.for),
    ...((step.restartOn ?? restarts) && { restart: restartOf(step) }),
    next: nextOf(step.next) ?? below,
  }),
  edges: (step) => [timedEdge('/next', step.next, step.for)],
  durations: (step) => [
    { pointer: '/for', text: step.for, must: 'be either', ...belowCap(step) },
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

/** The limit of the restarts, as the author wrote it or by default. */
function capOf({ restartOn, atMost }: WaitStep): DurationText | undefined {
  return atMost ?? (restartOn && 'PT24H');
}

function restartOf(step: WaitStep): Restart {
  const cap = capOf(step);
  return cap === undefined ? {} : { atMostMs: exactMs(cap) };
}

/** A wait as long as its limit is never restarted. */
function belowCap(step: WaitStep): Readonly<{ below?: DurationText }> {
  const cap = capOf(step);
  return cap === undefined ? {} : { below: cap };
}
