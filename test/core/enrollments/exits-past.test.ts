import fc from 'fast-check';
import { compile } from '../../../src/core/journeys/compile';
import { clockToleranceMs, exitOf, exitSearchFor } from '../../../src/core/enrollments/exits';
import { pick } from '../../../src/core/conditions/fact-at';
import { aJourney, anEvent } from '../../support/core/builders';
import { openingOf } from '../../support/core/enrolled';

const noon = Date.UTC(2026, 0, 15, 12);
const hour = 3_600_000;

const instants = fc.integer({ min: noon - 400 * 24 * hour, max: noon + 400 * 24 * hour });
const lookBacks = fc.array(fc.integer({ min: 0, max: 100_000 }), { maxLength: 3 });

describe('fault 23: the search for exits', () => {
  it('leaves out nothing that could be an exit, whatever the journey and its opening', () => {
    const cases = fc.record({
      lookBacks,
      firstEntryAt: instants,
      openedAt: instants,
      receivedAt: instants,
      aheadMs: fc.integer({ min: -500 * 24 * hour, max: clockToleranceMs }),
    });
    fc.assert(
      fc.property(cases, ({ lookBacks: minutes, firstEntryAt, openedAt, receivedAt, aheadMs }) => {
        const exits = minutes.map((count) => ({
          events: ['Order Completed'],
          as: 'converted',
          lookBack: `PT${count}M`,
        }));
        const journey = compile(aJourney({ exits }), 1);
        const open = { ...openingOf(anEvent({ id: 'cart' })), firstEntryAt, openedAt };
        const occurredAt = receivedAt + aheadMs;
        const order = anEvent({ id: 'order', name: 'Order Completed', receivedAt, occurredAt });

        const { receivedFrom, names } = exitSearchFor(journey, open);

        const isFound = receivedAt >= receivedFrom && names.includes(order.name);
        expect(isFound || exitOf(journey, open, order) === undefined).toBe(true);
      }),
    );
  });

  it('asks for the properties that conditions read, with which they hold as before', () => {
    const when = {
      fact: 'event.properties.lines[].sku',
      is: 'intersects',
      to: { fact: 'entry.properties.skus' },
    } as const;
    const journey = compile(
      aJourney({ exits: [{ events: ['Order Completed'], when, as: 'converted' }] }),
      1,
    );
    const open = openingOf(anEvent({ properties: { skus: ['a'] } }));
    const properties = { lines: [{ sku: 'a', name: 'Jug' }], total: 9 };
    const order = anEvent({ id: 'order', name: 'Order Completed', properties });

    const { paths } = exitSearchFor(journey, open);
    const pruned = pick({ properties }, paths);

    expect(pruned).toEqual({ properties: { lines: [{ sku: 'a' }] } });
    expect(exitOf(journey, open, { ...order, properties: { lines: [{ sku: 'a' }] } })?.as).toBe(
      'converted',
    );
  });
});
