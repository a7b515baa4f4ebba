import fc from 'fast-check';
import { compile } from '../../src/journeys/compile';
import type { Event } from '../../src/journeys/event';
import { receive } from '../../src/journeys/receive';
import { eventNames, validJourney } from '../support/journeys/arbitrary-journey';
import { anEvent } from '../support/journeys/builders';
import { heard } from '../support/journeys/enrolled';
import { play } from '../support/journeys/play';

const noon = Date.UTC(2026, 0, 15, 12);
const entry = anEvent({ occurredAt: noon, properties: { cart_id: 'a', total: 2 } });

const anyEvent = fc
  .record({
    id: fc.uuid(),
    name: fc.constantFrom(...eventNames),
    afterMs: fc.integer({ min: -3_600_000, max: 10 * 86_400_000 }),
    total: fc.integer({ min: 0, max: 3 }),
    cart: fc.constantFrom('a', 'b'),
  })
  .map(({ id, name, afterMs, total, cart }): Event => {
    const occurredAt = noon + afterMs;
    return anEvent({ id, name, occurredAt, properties: { cart_id: cart, total } });
  });
const anyEvents = fc.array(anyEvent, { maxLength: 12 });

describe('every valid journey', () => {
  it('ends, whatever happens', () => {
    fc.assert(
      fc.property(validJourney(), anyEvents, (journey, events) => {
        const last = play(journey, entry, events).at(-1);

        expect(last?.instruction.kind).toBe('finish');
      }),
      { numRuns: 1_000 },
    );
  });

  it('gives the same trace for the same inputs', () => {
    fc.assert(
      fc.property(validJourney(), anyEvents, (journey, events) => {
        const [one, other] = [play(journey, entry, events), play(journey, entry, events)];

        expect(one.map(({ instruction }) => instruction)).toEqual(
          other.map(({ instruction }) => instruction),
        );
      }),
    );
  });

  it('is unchanged by a refresh older than its snapshot, in every state', () => {
    fc.assert(
      fc.property(validJourney(), anyEvents, (journey, events) => {
        const compiled = compile({ ...journey, exits: [] }, 1);
        const older = heard(anEvent({ id: 'older', occurredAt: noon - 1 }), { kind: 'refreshed' });

        for (const { progress } of play(journey, entry, events)) {
          expect(receive(compiled, progress, older, noon)).toEqual(progress);
        }
      }),
    );
  });

  it('is ended by an exit from every state', () => {
    fc.assert(
      fc.property(validJourney(), anyEvents, (journey, events) => {
        const states = play(journey, entry, events);
        const order = anEvent({ id: 'order', name: 'Order Completed', occurredAt: noon + 1 });

        for (const state of states) {
          const { instruction } = state.hears(order, { kind: 'exited', as: 'converted' });
          expect(instruction.kind).toBe('finish');
        }
      }),
    );
  });
});
