import type { Journey } from '../../src/core/journeys/journey';
import type { JsonObject } from '../../src/core/json/json';

/**
 * An enrollment whose history is recorded for its shape. Its name is the id of its journey and its
 * entry event.
 */
type Situation = Readonly<{
  name: string;
  journey: Pick<Journey, 'steps'> & Partial<Journey>;
  /** Lets a wait of a day end a moment after the start. */
  enteredMsAgo?: number;
  entry?: JsonObject;
  /** What the contact does, or an operator, also in Temporal's own UI, counted from the entry. */
  then?: readonly (Readonly<{ afterMs: number }> &
    (
      | Readonly<{ name: string }>
      | Readonly<{ operator: 'exit' | 'skip-wait' }>
      | Readonly<{ temporal: 'cancel' }>
    ))[];
  /** What its history must hold, in order; a slow machine misses a moment. */
  shows: readonly Shown[];
}>;

export const shownAs = {
  EVENT_TYPE_TIMER_FIRED: 'timer',
  EVENT_TYPE_TIMER_CANCELED: 'canceled timer',
  EVENT_TYPE_ACTIVITY_TASK_COMPLETED: 'activity',
  EVENT_TYPE_MARKER_RECORDED: 'local activity',
  EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED: 'signal',
} as const;
type Shown = (typeof shownAs)[keyof typeof shownAs];

/** While this mail is handed over, its contact buys. */
export const overtaken = 'overtaken';

/** So few events make the recording server suggest to continue as new. */
export const longHistory = 30;

const dayLess = (ms: number) => 86_400_000 - ms;

const send = { id: 'remind', kind: 'send', template: 'reminder', purpose: 'service' } as const;
const act = {
  id: 'tag',
  kind: 'act',
  action: 'change-contact',
  input: { addTags: ['warm'] },
} as const;
const moment = { id: 'pause', kind: 'wait', for: 'PT3S' } as const;
const day = { id: 'pause', kind: 'wait', for: 'P1D' } as const;
const survey = {
  id: 'ask',
  kind: 'waitFor',
  events: [{ names: ['Survey Answered'], next: 'remind' }],
  timeout: 'PT3S',
  onTimeout: 'remind',
} as const;
const order = 'Order Completed';
const orders = Array.from({ length: 12 }, (_, n) => ({ afterMs: 200 * n, name: order }));
const exits = [{ events: [order], as: 'converted' }];
const paid = { fact: 'event.properties.total', is: 'exists' } as const;
const settings = { zone: 'UTC' };

const branchOn = (fact: string) =>
  ({
    id: 'fork',
    kind: 'branch',
    cases: [{ when: { fact, is: 'exists' }, next: 'remind' }],
    otherwise: 'done',
  }) as const;
const done = { id: 'done', kind: 'exit', as: 'done' } as const;

export const situations: readonly Situation[] = [
  { name: 'send', journey: { steps: [send] }, shows: ['activity'] },
  {
    name: 'act',
    journey: { steps: [act, moment, send] },
    shows: ['activity', 'timer', 'activity'],
  },
  { name: 'exact-wait', journey: { steps: [moment, send] }, shows: ['timer', 'activity'] },
  {
    name: 'calendar-wait',
    journey: { settings, steps: [day, send] },
    enteredMsAgo: dayLess(3_000),
    shows: ['local activity', 'timer', 'activity'],
  },
  {
    name: 'restarted-wait',
    journey: { steps: [{ ...moment, for: 'PT3S', restartOn: 'refresh' }, send] },
    then: [{ afterMs: 2_500, name: 'restarted-wait' }],
    shows: ['signal', 'timer', 'timer', 'activity'],
  },
  {
    name: 'restarted-calendar-wait',
    journey: { settings, steps: [{ ...day, restartOn: 'refresh', atMost: 'PT48H' }, send] },
    enteredMsAgo: dayLess(3_000),
    then: [{ afterMs: 2_500, name: 'restarted-calendar-wait' }],
    shows: ['local activity', 'signal', 'timer', 'local activity', 'timer', 'activity'],
  },
  {
    name: 'wait-for-heard',
    journey: { steps: [{ ...survey, timeout: 'PT1H' }, send] },
    then: [{ afterMs: 500, name: 'Survey Answered' }],
    shows: ['signal', 'canceled timer', 'activity'],
  },
  { name: 'wait-for-timed-out', journey: { steps: [survey, send] }, shows: ['timer', 'activity'] },
  {
    name: 'pure-branch',
    journey: { steps: [branchOn('entry.properties.total'), send, done] },
    entry: { total: 20 },
    shows: ['activity'],
  },
  {
    name: 'deciding-branch',
    journey: { steps: [branchOn('contact.email'), send, done] },
    shows: ['local activity', 'activity'],
  },
  {
    name: 'exit-by-event',
    journey: { exits, steps: [{ ...moment, for: 'PT1H' }, send] },
    then: [{ afterMs: 500, name: order }],
    shows: ['signal', 'canceled timer'],
  },
  {
    name: 'skipped-wait',
    journey: { steps: [{ ...moment, for: 'PT1H' }, send] },
    then: [{ afterMs: 500, operator: 'skip-wait' }],
    shows: ['signal', 'canceled timer', 'activity'],
  },
  {
    name: 'stopped-by-operator',
    journey: { steps: [{ ...moment, for: 'PT1H' }, send] },
    then: [{ afterMs: 500, operator: 'exit' }],
    shows: ['signal', 'canceled timer'],
  },
  {
    name: 'canceled',
    journey: { steps: [{ ...moment, for: 'PT1H' }, send] },
    then: [{ afterMs: 500, temporal: 'cancel' }],
    // The first marker is that of the patch.
    shows: ['canceled timer', 'local activity', 'local activity'],
  },
  { name: 'exit-by-step', journey: { steps: [moment, done] }, shows: ['timer', 'local activity'] },
  {
    name: 'expired',
    journey: { settings: { until: 'PT3S' }, steps: [{ ...moment, for: 'PT1H' }, send] },
    shows: ['timer', 'local activity'],
  },
  {
    name: 'exit-during-send',
    journey: { exits, steps: [{ ...send, template: overtaken }, moment, { ...send, id: 'again' }] },
    shows: ['signal', 'activity'],
  },
  {
    name: 'continued-as-new',
    journey: {
      exits: [{ events: [order], as: 'converted', when: paid }],
      steps: [{ ...moment, for: 'PT4S' }, send],
    },
    then: orders,
    shows: ['timer', 'activity'],
  },
];
