import fc from 'fast-check';
import type { KnownParts } from '../../../src/core/journeys/checks/check-uses';
import type { Condition } from '../../../src/core/conditions/condition';
import type { Entry, Exit, Journey } from '../../../src/core/journeys/journey';
import type { Step } from '../../../src/core/journeys/steps/kinds';
import { edgesOf } from '../../../src/core/journeys/steps/kinds';
import { aJourney } from './builders';

/** Every template a `validJourney` sends. */
export const templatesSent: ReadonlySet<string> = new Set(['first', 'second']);

/** Every action a `validJourney` asks for; each takes any input. */
export const actionsAsked: KnownParts['actions'] = new Map([['change-contact', () => []]]);

/** Every event a `validJourney` can hear; `Cart Updated` enters it. */
export const eventNames = ['Cart Updated', 'Link Clicked', 'Order Completed'] as const;

const anyName = fc.constantFrom(...eventNames);
const exact = fc.constantFrom('PT1S', 'PT30M', 'PT1H', 'PT36H');
const duration = fc.oneof({ arbitrary: exact, weight: 3 }, fc.constantFrom('P1D', 'P1W', 'P1DT6H'));

/** Long enough for a step that leads back. */
const longDuration = fc.constantFrom('PT1H', 'PT36H', 'P1D', 'P1W');

const entryCondition: fc.Arbitrary<Condition> = fc.oneof(
  fc.record({
    fact: fc.constant('entry.properties.total'),
    is: fc.constantFrom('greater', 'less'),
    to: fc.integer({ min: 0, max: 3 }),
  }),
  fc.constant<Condition>({ not: { fact: 'entry.properties.coupon', is: 'exists' } }),
);

const eventCondition: fc.Arbitrary<Condition> = fc.constantFrom<Condition[]>(
  {
    fact: 'event.properties.cart_id',
    is: 'equals',
    to: { fact: 'entry.properties.cart_id' },
  },
  { fact: 'event.properties.total', is: 'greater', to: 1 },
  {
    fact: 'event.properties.products[].variant_id',
    is: 'intersects',
    to: { fact: 'entry.properties.products[].variant_id' },
  },
);

const entry: fc.Arbitrary<Entry> = fc.record(
  {
    events: fc.constant(['Cart Updated']),
    key: fc.constant(['properties.cart_id']),
    repeat: fc.constantFrom('ignore', 'refresh', 'restart'),
    again: fc.oneof(fc.constantFrom('never', 'afterExit'), fc.record({ after: duration })),
  },
  { requiredKeys: ['events', 'key'] },
);

const exit: fc.Arbitrary<Exit> = fc.record(
  {
    events: fc.constant(['Order Completed']),
    when: eventCondition,
    as: fc.constantFrom('converted', 'disqualified'),
    lookBack: exact,
  },
  { requiredKeys: ['events', 'as'] },
);

const settings = fc.record({ until: fc.constantFrom('PT72H', 'PT720H') }, { requiredKeys: [] });

/** Where a step may lead: through an hour anywhere, else only ahead. */
type Targets = fc.Arbitrary<string>;

function sendStep(id: string, ahead: Targets): fc.Arbitrary<Step> {
  return fc.record(
    {
      id: fc.constant(id),
      kind: fc.constant('send'),
      template: fc.constantFrom(...templatesSent),
      purpose: fc.constantFrom('transactional', 'service', 'marketing'),
      next: ahead,
    },
    { requiredKeys: ['id', 'kind', 'template', 'purpose'] },
  );
}

function waitStep(id: string, lasts: fc.Arbitrary<string>, next: Targets): fc.Arbitrary<Step> {
  return fc.record(
    {
      id: fc.constant(id),
      kind: fc.constant('wait'),
      for: lasts,
      restartOn: fc.constant('refresh'),
      atMost: exact,
      next,
    },
    { requiredKeys: ['id', 'kind', 'for'] },
  );
}

function waitForStep(id: string, anywhere: Targets, ahead: Targets): fc.Arbitrary<Step> {
  const heard = fc.record(
    {
      names: fc.array(anyName, { minLength: 1, maxLength: 2 }),
      when: eventCondition,
      next: ahead,
    },
    { requiredKeys: ['names'] },
  );
  return fc.record(
    {
      id: fc.constant(id),
      kind: fc.constant('waitFor'),
      events: fc.array(heard, { minLength: 1, maxLength: 2 }),
      timeout: longDuration,
      onTimeout: anywhere,
      since: fc.constantFrom('previousStep', 'entry'),
    },
    { requiredKeys: ['id', 'kind', 'events', 'timeout'] },
  );
}

function branchStep(id: string, ahead: Targets): fc.Arbitrary<Step> {
  const taken = fc.record({ when: entryCondition, next: ahead });
  return fc.record(
    {
      id: fc.constant(id),
      kind: fc.constant('branch'),
      cases: fc.array(taken, { minLength: 1, maxLength: 2 }),
      otherwise: ahead,
    },
    { requiredKeys: ['id', 'kind', 'cases'] },
  );
}

function actStep(id: string, ahead: Targets): fc.Arbitrary<Step> {
  return fc.record(
    {
      id: fc.constant(id),
      kind: fc.constant('act'),
      action: fc.constantFrom(...actionsAsked.keys()),
      input: fc.constant({ addTags: ['vip'] }),
      next: ahead,
    },
    { requiredKeys: ['id', 'kind', 'action'] },
  );
}

function exitStep(id: string): fc.Arbitrary<Step> {
  return fc.record(
    { id: fc.constant(id), kind: fc.constant('exit'), as: fc.constant('finished') },
    { requiredKeys: ['id', 'kind'] },
  );
}

function stepAt(index: number, ids: readonly string[]): fc.Arbitrary<Step> {
  const id = ids[index] ?? '';
  const anywhere = fc.constantFrom(...ids);
  const longWait = waitStep(id, longDuration, anywhere);
  const later = ids.slice(index + 1, index + 4);
  if (later.length === 0) return fc.oneof(longWait, exitStep(id));
  const ahead = fc.constantFrom(...later);
  const waits = [longWait, waitStep(id, duration, ahead), waitForStep(id, anywhere, ahead)];
  const others = fc.oneof(sendStep(id, ahead), branchStep(id, ahead), actStep(id, ahead), ...waits);
  return fc.oneof({ arbitrary: others, weight: 9 }, { arbitrary: exitStep(id), weight: 1 });
}

/**
 * Takes out steps that nothing reaches. A step below a reachable one stays where that one falls
 * through to it.
 */
function reachableOf(steps: readonly Step[]): readonly Step[] {
  const reached = new Set<string>();
  const open = steps.slice(0, 1);
  for (let step = open.pop(); step; step = open.pop()) {
    reached.add(step.id);
    const below = steps[steps.indexOf(step) + 1]?.id;
    const targets = edgesOf(step).map(({ to }) => to ?? below);
    open.push(...steps.filter(({ id }) => targets.includes(id) && !reached.has(id)));
  }
  return steps.filter(({ id }) => reached.has(id));
}

/**
 * A random journey in which `checkJourney` finds no fault, given `templatesSent` and
 * `actionsAsked`. It sends, acts, waits, branches on the entry, exits, and jumps ahead from
 * anywhere and back through waits of an hour or more.
 */
export function validJourney(): fc.Arbitrary<Journey> {
  const steps = fc
    .integer({ min: 4, max: 10 })
    .map((count) => Array.from({ length: count }, (_, index) => `step-${index}`))
    .chain((ids) => fc.tuple(...ids.map((_, index) => stepAt(index, ids))))
    .map(reachableOf);
  return fc
    .record({ entry, exits: fc.array(exit, { maxLength: 2 }), steps, settings })
    .map((parts) => aJourney(parts));
}
