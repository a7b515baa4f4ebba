import type { Condition } from '../../conditions/condition';
import { stepId, type StepId } from '../../ids';
import { parseDuration, type Duration, type DurationText } from '../../time/duration';
import {
  edge,
  nextOf,
  timedEdge,
  type HeardCase,
  type Next,
  type Restart,
  type StepModule,
} from './step';

/** Waits for the first of several events, or for the time-out. */
export type WaitForStep = Readonly<{
  id: string;
  kind: 'waitFor';
  events: readonly Readonly<{ names: readonly string[]; when?: Condition; next?: string }>[];
  timeout: DurationText;
  onTimeout?: string;
  /** Events count since the previous step began (default), or since the first entry. */
  since?: 'previousStep' | 'entry';
}>;

/** The normal form of a `WaitForStep`. */
export type CompiledWaitFor = Readonly<{
  kind: 'waitFor';
  id: StepId;
  cases: readonly HeardCase[];
  timeout: Duration;
  onTimeout: Next;
  since: 'previousStep' | 'entry';
  restart?: Restart;
}>;

/** Rests until an event fits a case. The time-out is a decision of its own. */
export const waitFor: StepModule<WaitForStep, CompiledWaitFor> = {
  compile: (step, { below, restarts }) => ({
    kind: 'waitFor',
    id: stepId(step.id),
    cases: step.events.map(({ names, when, next }) => ({
      names,
      ...(when && { when }),
      next: nextOf(next) ?? below,
    })),
    timeout: parseDuration(step.timeout),
    onTimeout: nextOf(step.onTimeout) ?? below,
    since: step.since ?? 'previousStep',
    ...(restarts && { restart: {} }),
  }),
  edges: ({ events, onTimeout, timeout }) => [
    ...events.map(({ next }, index) => edge(`/events/${index}/next`, next, true)),
    timedEdge('/onTimeout', onTimeout, timeout),
  ],
  durations: ({ timeout }) => [{ pointer: '/timeout', text: timeout, must: 'be either' }],
  conditions: ({ events }) =>
    events.map(({ when }, index) => ({
      pointer: `/events/${index}/when`,
      when,
      roots: ['event', 'entry'],
    })),
  hears: ({ events }) => events.flatMap(({ names }) => names),
  uses: () => [],
  meaning: ({ timeout, cases, since, onTimeout, restart }) => ({
    kind: 'wait',
    for: timeout,
    ...(restart && { restart }),
    heard: cases,
    heardSince: since,
    onTime: onTimeout,
    notesTimeout: true,
  }),
};
