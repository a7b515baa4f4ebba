import { compile } from '../../../src/core/journeys/compile';
import { aJourney } from '../../support/core/builders';

const hour = 3_600_000;
const sameCart = {
  fact: 'event.properties.cart_id',
  is: 'equals',
  to: { fact: 'entry.properties.cart_id' },
} as const;
const isLarge = { fact: 'entry.properties.total', is: 'greater', to: 100 } as const;

describe('compiling', () => {
  it('makes every next explicit and fills the defaults', () => {
    const journey = aJourney({
      entry: {},
      exits: [{ events: ['Order Completed'], as: 'converted' }],
      steps: [
        { id: 'rest', kind: 'wait', for: 'PT1H', restartOn: 'refresh' },
        { id: 'ask', kind: 'send', template: 'question', purpose: 'marketing' },
        { id: 'hear', kind: 'waitFor', events: [{ names: ['Link Clicked'] }], timeout: 'P1D' },
        { id: 'sort', kind: 'branch', cases: [{ when: isLarge, next: 'ask' }] },
        { id: 'stop', kind: 'exit' },
      ],
    });

    const compiled = compile(journey, 3);

    expect(compiled).toEqual({
      id: 'cart-recovery',
      version: 3,
      name: 'Cart recovery',
      stage: 'decision',
      entry: {
        events: [],
        key: [],
        repeat: 'ignore',
        again: 'afterExit',
        notOlderThanMs: 129_600_000,
      },
      exits: [{ events: ['Order Completed'], as: 'converted', lookBackMs: hour }],
      first: 'rest',
      steps: {
        rest: {
          kind: 'wait',
          id: 'rest',
          for: { kind: 'exact', ms: hour },
          restart: { atMostMs: 24 * hour },
          next: 'ask',
        },
        ask: {
          kind: 'send',
          id: 'ask',
          template: 'question',
          purpose: 'marketing',
          channels: ['email'],
          delivery: 'at-most-once',
          next: 'hear',
        },
        hear: {
          kind: 'waitFor',
          id: 'hear',
          cases: [{ names: ['Link Clicked'], next: 'sort' }],
          timeout: { kind: 'calendar', iso: 'P1D' },
          onTimeout: 'sort',
          since: 'previousStep',
        },
        sort: {
          kind: 'branch',
          id: 'sort',
          cases: [{ when: isLarge, next: 'ask' }],
          otherwise: 'stop',
          decides: false,
        },
        stop: { kind: 'exit', id: 'stop', as: 'completed' },
      },
      listens: ['Link Clicked', 'Order Completed'],
      needs: { event: [], entry: ['properties.total'] },
    });
  });

  it('keeps what the author says', () => {
    const journey = aJourney({
      entry: {
        events: ['Cart Updated'],
        when: isLarge,
        key: ['properties.cart_id'],
        repeat: 'refresh',
        again: { after: 'P30D' },
        limit: { starts: 1, within: 'PT24H' },
      },
      exits: [{ events: ['Order Completed'], when: sameCart, as: 'converted', lookBack: 'PT2H' }],
      steps: [
        {
          id: 'ask',
          kind: 'send',
          template: 'question',
          purpose: 'service',
          channels: ['email'],
          delivery: 'at-least-once',
          next: 'stop',
        },
        {
          id: 'rest',
          kind: 'wait',
          for: 'PT1H',
          restartOn: 'refresh',
          atMost: 'PT3H',
          next: 'ask',
        },
        { id: 'stop', kind: 'exit', as: 'disqualified' },
      ],
      settings: { until: 'PT168H', zone: 'Europe/Rome' },
    });

    const compiled = compile(journey, 1);

    expect(compiled).toMatchObject({
      entry: {
        events: ['Cart Updated'],
        when: isLarge,
        key: ['properties.cart_id'],
        repeat: 'refresh',
        again: { after: { kind: 'calendar', iso: 'P30D' } },
        limit: { starts: 1, within: { kind: 'exact', ms: 24 * hour } },
      },
      exits: [{ when: sameCart, lookBackMs: 2 * hour }],
      steps: {
        ask: { delivery: 'at-least-once', next: 'stop' },
        rest: { restart: { atMostMs: 3 * hour }, next: 'ask' },
        stop: { as: 'disqualified' },
      },
      untilMs: 168 * hour,
      zone: 'Europe/Rome',
    });
  });

  it('restarts no wait that does not say so', () => {
    const journey = aJourney({
      steps: [{ id: 'rest', kind: 'wait', for: 'PT1H', atMost: 'PT2H' }],
    });

    const compiled = compile(journey, 1);

    expect(compiled.steps).toEqual({
      rest: { kind: 'wait', id: 'rest', for: { kind: 'exact', ms: hour }, next: null },
    });
  });

  it('ends after the last step', () => {
    const compiled = compile(aJourney(), 1);

    expect(compiled.steps).toMatchObject({ remind: { next: null } });
  });
});

describe('what a compiled journey listens to', () => {
  const awaited = {
    exits: [{ events: ['Order Completed', 'Cart Emptied'], as: 'converted' }],
    steps: [
      {
        id: 'hear',
        kind: 'waitFor',
        events: [{ names: ['Link Clicked', 'Order Completed'] }],
        timeout: 'PT1H',
      },
    ],
  } as const;

  it('is every event that an exit or a wait can hear, once and in order', () => {
    const { listens } = compile(aJourney(awaited), 1);

    expect(listens).toEqual(['Cart Emptied', 'Link Clicked', 'Order Completed']);
  });

  it('is what enters it too, where a repeat refreshes', () => {
    const entry = { events: ['Cart Updated'], repeat: 'refresh' } as const;

    const { listens } = compile(aJourney({ ...awaited, entry }), 1);

    expect(listens).toEqual(['Cart Emptied', 'Cart Updated', 'Link Clicked', 'Order Completed']);
  });
});

describe('what a compiled journey needs', () => {
  it('is what exits, waits and pure branches read, without entry and deciding branches', () => {
    const decides = {
      all: [
        { fact: 'contact.email', is: 'exists' },
        { fact: 'entry.properties.secret', is: 'exists' },
      ],
    } as const;
    const journey = aJourney({
      entry: { events: ['Cart Updated'], when: { fact: 'event.properties.coupon', is: 'exists' } },
      exits: [{ events: ['Order Completed'], when: sameCart, as: 'converted' }],
      steps: [
        {
          id: 'hear',
          kind: 'waitFor',
          events: [
            { names: ['Link Clicked'], when: { fact: 'event.properties.url', is: 'exists' } },
            { names: ['Cart Viewed'], when: { not: sameCart } },
          ],
          timeout: 'PT1H',
        },
        { id: 'size', kind: 'branch', cases: [{ when: isLarge, next: 'end' }] },
        { id: 'who', kind: 'branch', cases: [{ when: decides, next: 'end' }] },
        { id: 'end', kind: 'exit' },
      ],
    });

    const { needs, steps } = compile(journey, 1);

    expect(needs).toEqual({
      event: ['properties.cart_id', 'properties.url'],
      entry: ['properties.cart_id', 'properties.total'],
    });
    expect(steps).toMatchObject({ size: { decides: false }, who: { decides: true } });
  });

  it.each(['contact.traits.vip', 'message.ask.opened'])(
    'is not what an activity reads: %s',
    (fact) => {
      const journey = aJourney({
        steps: [
          { id: 'ask', kind: 'send', template: 'question', purpose: 'service' },
          {
            id: 'sort',
            kind: 'branch',
            cases: [{ when: { any: [isLarge, { fact, is: 'equals', to: true }] }, next: 'end' }],
          },
          { id: 'end', kind: 'exit' },
        ],
      });

      const { needs, steps } = compile(journey, 1);

      expect(needs.entry).toEqual([]);
      expect(steps).toMatchObject({ sort: { decides: true } });
    },
  );
});
