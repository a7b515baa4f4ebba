import { compile } from '../../../src/core/journeys/compile';
import { exitOf } from '../../../src/core/enrollments/exits';
import type { Exit } from '../../../src/core/journeys/journey';
import { aJourney, anEvent } from '../../support/core/builders';
import { snapshotOf } from '../../../src/core/events/event';
import { enrolled, openingOf } from '../../support/core/enrolled';

const minute = 60_000;
const noon = Date.UTC(2026, 0, 15, 12);

const bought: Exit = {
  events: ['Order Completed'],
  when: {
    fact: 'event.properties.cart_id',
    is: 'equals',
    to: { fact: 'entry.properties.cart_id' },
  },
  as: 'converted',
};
const journey = aJourney({
  exits: [bought],
  steps: [
    { id: 'pause', kind: 'wait', for: 'PT1H' },
    { id: 'remind', kind: 'send', template: 'reminder', purpose: 'service' },
    { id: 'listen', kind: 'waitFor', events: [{ names: ['Link Clicked'] }], timeout: 'PT1H' },
  ],
});
const cart = anEvent({ occurredAt: noon, properties: { cart_id: 'a' } });
const order = (facts: Parameters<typeof anEvent>[0] = {}) =>
  anEvent({
    id: 'order',
    name: 'Order Completed',
    occurredAt: noon + minute,
    properties: { cart_id: 'a' },
    ...facts,
  });

describe('an exit', () => {
  const compiled = compile(journey, 1);
  const open = openingOf(cart);

  it('is the event that its condition relates to the entry', () => {
    expect(exitOf(compiled, open, order())?.as).toBe('converted');
  });

  it('is not the order of another cart', () => {
    expect(exitOf(compiled, open, order({ properties: { cart_id: 'b' } }))).toBeUndefined();
  });

  it('counts when it is stamped before the entry but received within the look-back', () => {
    const early = order({ occurredAt: noon - minute, receivedAt: noon - minute });

    expect(exitOf(compiled, open, early)?.as).toBe('converted');
  });

  it('counts when it happened after the first entry, however it arrived', () => {
    const overtaken = { ...open, openedAt: noon + 100 * minute };

    expect(exitOf(compiled, overtaken, order({ receivedAt: noon - 1000 * minute }))?.as).toBe(
      'converted',
    );
  });

  it('does not count when it happened and arrived long before the entry', () => {
    const past = order({ occurredAt: noon - 90 * minute, receivedAt: noon - 61 * minute });

    expect(exitOf(compiled, open, past)).toBeUndefined();
  });
});

describe('an exit event', () => {
  const waiting = enrolled(journey, cart);
  const sending = waiting.wakes(noon + 60 * minute);
  const listening = sending.sent(noon + 61 * minute);

  it.each([
    ['a wait', waiting],
    ['a send', sending],
    ['a wait for an event', listening],
  ])('ends the enrollment from %s', (_step, standing) => {
    const { instruction } = standing.hears(order());

    expect(instruction).toMatchObject({
      kind: 'finish',
      as: 'converted',
      because: 'exit-event',
      by: 'key-of-order',
    });
  });

  it('leaves nothing to write when intake has closed the enrollment', () => {
    const { instruction } = waiting.hears(order(), { kind: 'exited', as: 'converted' });

    expect(instruction).not.toHaveProperty('write');
  });

  it('has its end written when only the workflow has found it', () => {
    const { instruction } = waiting.hears(order());

    expect(instruction).toHaveProperty('write.closed', false);
  });

  it('obeys the verdict of intake, which sees the whole event', () => {
    const { instruction } = waiting.hears(order({ properties: {} }), {
      kind: 'exited',
      as: 'converted',
    });

    expect(instruction).toMatchObject({ kind: 'finish', as: 'converted' });
  });

  it('wins over the outcome of a send that was under way', () => {
    const { instruction } = sending.hears(order()).after({
      kind: 'handled',
      step: 'remind' as never,
      at: noon + 61 * minute,
      written: 0,
    });

    expect(instruction).toMatchObject({ kind: 'finish', as: 'converted' });
  });
});

describe('fault 1: the events of the entry', () => {
  const winBack = aJourney({
    entry: { events: ['Order Completed'] },
    exits: [{ events: ['Order Completed'], as: 'bought-again', lookBack: 'PT24H' }],
  });
  const compiled = compile(winBack, 1);
  const first = order({ id: 'first' });
  const second = order({ id: 'second', occurredAt: first.occurredAt + minute });
  const third = order({ id: 'third', occurredAt: first.occurredAt + 2 * minute });

  it('do not end what they opened', () => {
    expect(exitOf(compiled, openingOf(first), first)).toBeUndefined();
  });

  it('do not end what they refreshed, also when a newer one has refreshed it since', () => {
    const refreshed = { ...openingOf(first), entry: snapshotOf(third) };

    expect(exitOf(compiled, refreshed, first)).toBeUndefined();
    expect(exitOf(compiled, refreshed, second)).toBeUndefined();
    expect(exitOf(compiled, refreshed, third)).toBeUndefined();
  });

  it('end it where a newer one comes', () => {
    expect(exitOf(compiled, openingOf(first), second)?.as).toBe('bought-again');
  });

  it('do not end it where an older one comes late', () => {
    const late = { ...first, receivedAt: third.receivedAt + minute };

    expect(exitOf(compiled, openingOf(second), late)).toBeUndefined();
  });

  it('do not end a start that was asked for by their name', () => {
    const asked = compile({ ...winBack, entry: {} }, 1);

    expect(exitOf(asked, openingOf(first), first)).toBeUndefined();
    expect(exitOf(asked, { ...openingOf(first), entry: snapshotOf(third) }, first)).toBeUndefined();
  });
});
