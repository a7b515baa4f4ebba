import fc from 'fast-check';
import { compile } from '../../../src/core/journeys/compile';
import type { Event } from '../../../src/core/events/event';
import type { Effect } from '../../../src/core/events/recorded-event';
import { hear } from '../../../src/core/enrollments/hear';
import { eventNames, validJourney } from '../../support/core/arbitrary-journey';
import type { Step } from '../../../src/core/journeys/steps/kinds';
import { aJourney, anEvent } from '../../support/core/builders';
import { heard, type Enrolled } from '../../support/core/enrolled';
import { play, skipAt, waitSkipped } from '../../support/core/play';

const noon = Date.UTC(2026, 0, 15, 12);
const entry = anEvent({ occurredAt: noon, properties: { cart_id: 'a', total: 2 } });

const anyEvent = fc
  .record({
    id: fc.uuid(),
    name: fc.constantFrom(...eventNames, waitSkipped),
    afterMs: fc.integer({ min: -3_600_000, max: 10 * 86_400_000 }),
    total: fc.integer({ min: 0, max: 3 }),
    cart: fc.constantFrom('a', 'b'),
  })
  .map(({ id, name, afterMs, total, cart }): Event => {
    const occurredAt = noon + afterMs;
    return anEvent({ id, name, occurredAt, properties: { cart_id: cart, total } });
  });
const anyEvents = fc.array(anyEvent, { maxLength: 12 });

/** Waits of every length and limit, each before a message. */
const chainOfWaits = fc
  .array(
    fc.record(
      {
        for: fc.constantFrom('PT30M', 'PT1H', 'PT36H', 'P1D'),
        restartOn: fc.constant('refresh' as const),
        atMost: fc.constantFrom('PT1S', 'PT1H', 'PT30H', 'PT72H'),
      },
      { requiredKeys: ['for'] },
    ),
    { minLength: 1, maxLength: 3 },
  )
  .map((waits) =>
    waits.flatMap((wait, n): readonly Step[] => [
      { id: `wait-${n}`, kind: 'wait', ...wait },
      { id: `send-${n}`, kind: 'send', template: 'first', purpose: 'service' },
    ]),
  );

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
          expect(hear(compiled, progress, older, noon)).toEqual(progress);
        }
      }),
    );
  });

  it('fault 14: sends no message sooner because of a refresh', () => {
    fc.assert(
      fc.property(chainOfWaits, anyEvents, fc.boolean(), (steps, events, restarts) => {
        const repeat = restarts ? 'restart' : 'refresh';
        const journey = aJourney({ entry: { events: ['Cart Updated'], repeat }, steps });
        const refreshes = events.filter(({ name }) => name === 'Cart Updated');

        const [calm, busy] = [
          sendsIn(play(journey, entry, [])),
          sendsIn(play(journey, entry, refreshes)),
        ];

        expect(busy).toHaveLength(calm.length);
        expect(busy.filter((at, n) => at < (calm[n] ?? Infinity))).toEqual([]);
      }),
      { numRuns: 1_000 },
    );
  });

  it.each<[string, Effect]>([
    ['an exit', { kind: 'exited', as: 'converted' }],
    ['an operator', { kind: 'exited', as: 'stopped', because: 'operator' }],
  ])('is ended by %s from every state', (_who, effect) => {
    fc.assert(
      fc.property(validJourney(), anyEvents, (journey, events) => {
        const states = play(journey, entry, events);
        const order = anEvent({ id: 'order', name: 'Order Completed', occurredAt: noon + 1 });

        for (const state of states) {
          const { instruction } = state.hears(order, effect);
          expect(instruction.kind).toBe('finish');
        }
      }),
    );
  });

  it('is moved by a skipped wait from that one wait alone', () => {
    fc.assert(
      fc.property(validJourney(), anyEvents, (journey, events) => {
        const skip = anEvent({ id: 'skip', name: waitSkipped, occurredAt: noon + 1 });
        const states = play(journey, entry, events);

        for (const [n, state] of states.entries()) {
          const skipped = state.hears(skip, skipAt(state.progress));
          const left = states.slice(n).find((later) => !standsWith(state, later));
          expect(standsWith(state, skipped)).toBe(!isWaiting(state));
          expect(left?.hears(skip, skipAt(state.progress)).progress).toEqual(left?.progress);
        }
      }),
    );
  });
});

/** When each message was due. */
function sendsIn(states: readonly Enrolled[]): readonly number[] {
  return states.flatMap(({ instruction, progress: { position } }) =>
    instruction.kind === 'send' && position.kind === 'standing' ? [position.since] : [],
  );
}

/** Both on the same visit of the same step, or both ended. */
function standsWith(one: Enrolled, other: Enrolled): boolean {
  const [{ position }, { position: place }] = [one.progress, other.progress];
  if (position.kind === 'ended' || place.kind === 'ended') return position.kind === place.kind;
  return position.step === place.step && position.visit === place.visit;
}

function isWaiting({ instruction }: Enrolled): boolean {
  return instruction.kind === 'wait' || instruction.kind === 'resolve';
}
