import { entriesFor, routesFor, type EntryPast } from '../../../src/core/enrollments/routes-for';
import type { Enrollment } from '../../../src/core/enrollments/enrollment';
import { snapshotOf, type Event } from '../../../src/core/events/event';
import { enrollmentId, journeyId, workspaceId } from '../../../src/core/ids';
import { compile } from '../../../src/core/journeys/compile';
import type { CompiledJourney } from '../../../src/core/journeys/compiled-journey';
import type { Journey } from '../../../src/core/journeys/journey';
import { aJourney, anEvent } from '../../support/core/builders';

const hour = 3_600_000;
const day = 24 * hour;
const noon = Date.UTC(2026, 0, 15, 12);
const cartJourney: Journey = aJourney({
  entry: { events: ['Cart Updated'], key: ['properties.cart_id'], repeat: 'refresh' },
});
const compiled = compile(cartJourney, 1);
const within = (notOlderThan: string): CompiledJourney =>
  compile({ ...cartJourney, entry: { ...cartJourney.entry, notOlderThan } }, 1);
const cart = (facts: Parameters<typeof anEvent>[0] = {}) =>
  anEvent({ occurredAt: noon, properties: { cart_id: 'a' }, ...facts });
const aged = (ms: number) => cart({ receivedAt: noon + ms });

/** The enrollment that a cart has opened. */
function anEnrollment(facts: Partial<Enrollment> = {}): Enrollment {
  const entry = cart();
  return {
    id: enrollmentId('cart-recovery.c1.tag.1'),
    workspace: workspaceId('w'),
    journey: journeyId('cart-recovery'),
    version: 1,
    contact: entry.contact,
    key: 'a',
    n: 1,
    enteredBy: entry.key,
    listens: ['Cart Updated'],
    snapshot: snapshotOf(entry),
    firstEntryAt: noon,
    openedAt: noon,
    started: true,
    step: null,
    since: noon,
    ...facts,
  };
}

type Given = Readonly<{
  journey?: CompiledJourney;
  open?: readonly Enrollment[];
  past?: EntryPast;
}>;

function routed(event: Event, { journey = compiled, open = [], past }: Given = {}) {
  const entries = entriesFor(event, [journey], {});
  const pastOf = () => past ?? { exitEvents: [] };
  return routesFor({ event, entries, enrollments: open, pastOf, zone: 'Europe/Rome' });
}

describe('an old entry', () => {
  it.each([
    ['36 hours', 36 * hour, [], 1],
    ['a moment more', 36 * hour + 1, [{ journey: 'cart-recovery', reason: 'entry-too-old' }], 0],
    ['300 days', 300 * day, [{ journey: 'cart-recovery', reason: 'entry-too-old' }], 0],
  ])('fault 17: of %s by default', (_age, ms, refuse, opened) => {
    const routes = routed(aged(ms));

    expect(routes.refuse).toEqual(refuse);
    expect(routes.open).toHaveLength(opened);
  });

  it.each([
    ['PT1H', hour, 1],
    ['PT1H', hour + 1, 0],
    ['PT8760H', 300 * day, 1],
  ])('fault 17: is bounded by its journey: %s', (notOlderThan, ms, opened) => {
    expect(routed(aged(ms), { journey: within(notOlderThan) }).open).toHaveLength(opened);
  });

  it('fault 17: is bounded in a version that was published without a bound', () => {
    const { notOlderThanMs: _bound, ...entry } = compiled.entry;

    const { refuse } = routed(aged(300 * day), { journey: { ...compiled, entry } });

    expect(refuse).toMatchObject([{ reason: 'entry-too-old' }]);
  });

  it('fault 17: is refused where its stamp lies before all bounds', () => {
    const event = cart({ restamped: { because: 'too-old', said: '2019-01-01T00:00:00.000Z' } });

    expect(routed(event).refuse).toMatchObject([{ reason: 'entry-too-old' }]);
  });

  it('refreshes what is open, whatever its age', () => {
    const late = cart({ id: 'e2', occurredAt: noon + 1, receivedAt: noon + 9 * day });

    expect(routed(late, { open: [anEnrollment()] }).tell).toMatchObject([
      { effect: { kind: 'refreshed' } },
    ]);
  });

  it('fault 17: is refused where it is older than the entry of a finished enrollment', () => {
    const last = anEnrollment({ ended: { as: 'completed', because: 'completed', at: noon } });
    const past = { last, exitEvents: [] };

    const older = routed(cart({ id: 'e2', occurredAt: noon - 1 }), { past });
    const asOld = routed(cart({ id: 'e3', occurredAt: noon }), { past });

    expect(older.refuse).toMatchObject([{ reason: 'older-than-last' }]);
    expect(asOld.open).toMatchObject([{ n: 2 }]);
  });
});
