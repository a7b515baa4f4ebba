import { compile } from '../../../src/core/journeys/compile';
import type { Enrollment } from '../../../src/core/enrollments/enrollment';
import { snapshotOf, type Event } from '../../../src/core/events/event';
import { enrollmentId, journeyId, workspaceId } from '../../../src/core/ids';
import type { Journey } from '../../../src/core/journeys/journey';
import { entriesFor, routesFor, type EntryPast } from '../../../src/core/enrollments/routes-for';
import { aJourney, anEvent } from '../../support/core/builders';

const minute = 60_000;
const day = 24 * 60 * minute;
const noon = Date.UTC(2026, 0, 15, 12);

const ofSameCart = {
  fact: 'event.properties.cart_id',
  is: 'equals',
  to: { fact: 'entry.properties.cart_id' },
} as const;
const cartJourney: Journey = aJourney({
  entry: { events: ['Cart Updated'], key: ['properties.cart_id'], repeat: 'refresh' },
  exits: [{ events: ['Order Completed'], when: ofSameCart, as: 'converted' }],
});
const cart = (facts: Parameters<typeof anEvent>[0] = {}) =>
  anEvent({ occurredAt: noon, properties: { cart_id: 'a' }, ...facts });
const order = (facts: Parameters<typeof anEvent>[0] = {}) =>
  anEvent({
    id: 'order',
    name: 'Order Completed',
    occurredAt: noon,
    properties: { cart_id: 'a' },
    ...facts,
  });

function aRow(entry: Event, facts: Partial<Enrollment> = {}): Enrollment {
  return {
    id: enrollmentId('cart-recovery.c1.tag.1'),
    workspace: workspaceId('w'),
    journey: journeyId('cart-recovery'),
    version: 1,
    contact: entry.contact,
    key: 'a',
    n: 1,
    enteredBy: entry.key,
    listens: ['Cart Updated', 'Order Completed'],
    snapshot: snapshotOf(entry),
    firstEntryAt: entry.occurredAt,
    openedAt: entry.receivedAt,
    started: true,
    step: null,
    since: entry.occurredAt,
    ...facts,
  };
}

type Given = Readonly<{ journey?: Journey; enrollments?: readonly Enrollment[]; past?: EntryPast }>;

function routed(
  event: Event,
  { journey = cartJourney, enrollments = [], past = { exitEvents: [] } }: Given = {},
) {
  const entries = entriesFor(event, [compile(journey, 1)], {});
  return routesFor({ event, entries, enrollments, pastOf: () => past, zone: 'Europe/Rome' });
}

describe('an event that may start a journey', () => {
  it('opens an enrollment under the first key it finds', () => {
    expect(routed(cart()).open).toMatchObject([{ key: 'a', n: 1 }]);
  });

  it('is refused without the key that the journey asks for', () => {
    expect(routed(cart({ properties: {} })).refuse).toEqual([
      { journey: 'cart-recovery', reason: 'no-key' },
    ]);
  });

  it('concerns nobody when the entry condition fails', () => {
    const journey = {
      ...cartJourney,
      entry: {
        ...cartJourney.entry,
        when: { fact: 'event.properties.total', is: 'greater', to: 10 } as const,
      },
    };

    const routes = routed(cart({ properties: { cart_id: 'a', total: 5 } }), { journey });

    expect(routes).toEqual({ open: [], tell: [], refuse: [] });
  });

  it('is refused when the order of its cart is there already', () => {
    const past = { exitEvents: [order({ occurredAt: noon - minute })] };

    expect(routed(cart(), { past }).refuse).toMatchObject([{ reason: 'already-converted' }]);
  });

  it('refreshes the open enrollment of its key when it is newer', () => {
    const enrollment = aRow(cart());

    const { tell, open } = routed(cart({ id: 'e2', occurredAt: noon + 1 }), {
      enrollments: [enrollment],
    });

    expect(open).toEqual([]);
    expect(tell).toEqual([{ enrollment: enrollment.id, effect: { kind: 'refreshed' } }]);
  });

  it('is only told when it is older than the snapshot', () => {
    const { tell } = routed(cart({ id: 'e2', occurredAt: noon - 1 }), {
      enrollments: [aRow(cart())],
    });

    expect(tell).toMatchObject([{ effect: { kind: 'told' } }]);
  });

  it('fault 18: refreshes where both happened at once and it arrived later', () => {
    const later = cart({ id: 'e2', receivedAt: noon + 1 });
    const earlier = cart({ id: 'e3', receivedAt: noon - 1 });

    const told = [later, earlier].map(
      (event) => routed(event, { enrollments: [aRow(cart())] }).tell,
    );

    expect(told).toMatchObject([
      [{ effect: { kind: 'refreshed' } }],
      [{ effect: { kind: 'told' } }],
    ]);
  });

  it('fault 1: is not refused for an order before it where orders are entries', () => {
    const journey = aJourney({
      entry: { events: ['Order Completed'] },
      exits: [{ events: ['Order Completed'], as: 'bought-again' }],
    });
    const past = { exitEvents: [order({ id: 'before', occurredAt: noon - minute })] };

    const { open, refuse } = routed(order(), { journey, past });

    expect({ open, refuse }).toMatchObject({ open: [{ n: 1 }], refuse: [] });
  });

  it('opens a second enrollment under another key', () => {
    const { open } = routed(cart({ id: 'e2', properties: { cart_id: 'b' } }), {
      enrollments: [aRow(cart())],
    });

    expect(open).toMatchObject([{ key: 'b', n: 1 }]);
  });

  it('is the entry of its own enrollment when it is received again', () => {
    const { tell } = routed(cart(), { enrollments: [aRow(cart())] });

    expect(tell).toMatchObject([{ effect: { kind: 'entered' } }]);
  });
});

describe('an event after the last enrollment of its key', () => {
  const ended = (facts: Partial<Enrollment> = {}) =>
    aRow(cart(), { ended: { as: 'completed', because: 'completed', at: noon + minute }, ...facts });
  const again = (when: Journey['entry']['again'] & object) => ({
    ...cartJourney,
    entry: { ...cartJourney.entry, again: when },
  });

  it('opens the next one by default', () => {
    const routes = routed(cart({ id: 'e2', occurredAt: noon + day }), {
      past: { last: ended(), exitEvents: [] },
    });

    expect(routes.open).toMatchObject([{ n: 2 }]);
  });

  it('is refused for ever when the journey says never', () => {
    const journey = { ...cartJourney, entry: { ...cartJourney.entry, again: 'never' as const } };

    const routes = routed(cart({ id: 'e2', occurredAt: noon + day }), {
      journey,
      past: { last: ended(), exitEvents: [] },
    });

    expect(routes.refuse).toMatchObject([{ reason: 'never-again' }]);
  });

  it.each([
    [
      'too soon before its time has passed since the entry',
      noon + day - 1,
      [{ reason: 'too-soon' }],
      [],
    ],
    ['welcome once it has', noon + day, [], [{ n: 2 }]],
  ])('is %s', (_title, occurredAt, refuse, open) => {
    const event = cart({ id: 'e2', occurredAt });

    const routes = routed(event, {
      journey: again({ after: 'P1D' }),
      past: { last: ended(), exitEvents: [] },
    });

    expect(routes).toMatchObject({ refuse, open });
  });

  it('is refused when it is not newer than the event that ended it', () => {
    const by = { event: order().key, occurredAt: noon + minute };
    const last = ended({
      ended: { as: 'converted', because: 'exit-event', at: noon + minute, by },
    });

    const routes = routed(cart({ id: 'e2', occurredAt: noon + minute }), {
      past: { last, exitEvents: [] },
    });

    expect(routes.refuse).toMatchObject([{ reason: 'not-newer-than-end' }]);
  });

  it('is the entry of the enrollment that it opened itself', () => {
    const routes = routed(cart(), { past: { last: ended(), exitEvents: [] } });

    expect(routes).toMatchObject({ open: [], tell: [{ effect: { kind: 'entered' } }], refuse: [] });
  });
});

describe('an event whose enrollment was opened while its past was being read', () => {
  it.each(['never', 'afterExit'] as const)('refreshes it where the journey says %s', (again) => {
    const journey = { ...cartJourney, entry: { ...cartJourney.entry, again } };
    const last = aRow(cart());

    const routes = routed(cart({ id: 'e2', occurredAt: noon + minute }), {
      journey,
      past: { last, exitEvents: [] },
    });

    const tell = [{ enrollment: last.id, effect: { kind: 'refreshed' } }];
    expect(routes).toEqual({ open: [], tell, refuse: [] });
  });
});

describe('an event that an enrollment listens to', () => {
  it('is told to it, whether it is started or not', () => {
    const enrollment = aRow(cart(), { started: false });

    expect(routed(order(), { enrollments: [enrollment] }).tell).toEqual([
      { enrollment: enrollment.id, effect: { kind: 'told' } },
    ]);
  });

  it('is nobody else’s', () => {
    const enrollment = aRow(cart(), { listens: ['Cart Updated'] });

    expect(routed(order(), { enrollments: [enrollment] }).tell).toEqual([]);
  });
});
