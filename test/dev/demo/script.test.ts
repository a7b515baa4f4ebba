import { expectations } from '../../../dev/demo/verdict/expectations';
import { scriptFrom } from '../../../dev/demo/script';
import { shopperNames, type Shopper } from '../../../dev/demo/shoppers';
import { hours } from '../../../dev/demo/watch/virtual-time';

const opening = Date.parse('2026-03-02T09:00:00Z');
const script = scriptFrom(opening);
const actsOf = (shopper: Shopper) => script.filter((act) => act.shopper === shopper);
const callsOf = (shopper: Shopper) => actsOf(shopper).flatMap(({ calls }) => calls);

describe('script of the demo', () => {
  it('is in the order of time and begins with the opening of the shop', () => {
    const instants = script.map(({ at }) => at);

    expect(instants[0]).toBe(opening);
    expect(instants).toStrictEqual(instants.toSorted((one, other) => one - other));
  });

  it('gives a part to everybody', () => {
    expect(new Set(script.map(({ shopper }) => shopper))).toStrictEqual(new Set(shopperNames));
  });

  it('reports nothing before it happened', () => {
    const early = script.filter(({ at, calls }) => calls.some(({ stamped }) => stamped > at));

    expect(early).toStrictEqual([]);
  });

  it.each(shopperNames)('introduces %s before she does anything', (shopper) => {
    const [first, ...later] = callsOf(shopper).map(({ kind }) => kind);

    expect(first).toBe('identify');
    expect(later).not.toContain('identify');
  });

  it('reports a basket twice under one id', () => {
    const [, filled, again] = callsOf('forgetful');

    expect(filled).toMatchObject({ event: 'Cart Updated', messageId: 'cart-1-filled' });
    expect(again).toStrictEqual(filled);
  });

  it('reports an order twice, and then the basket it came from once more', () => {
    const [, filled, ordered, orderedAgain, filledAgain] = callsOf('persuaded');

    expect(ordered).toMatchObject({ event: 'Order Completed', messageId: 'order-3-completed' });
    expect(orderedAgain).toStrictEqual(ordered);
    expect(filledAgain).toStrictEqual(filled);
    expect(filled).toHaveProperty('messageId', 'cart-3-filled');
  });

  it('lets an order arrive before the cart it came from', () => {
    expect(callsOf('hasty').slice(1)).toMatchObject([
      { event: 'Order Completed', stamped: opening + hours(3) },
      { event: 'Cart Updated', stamped: opening + hours(2, 55) },
    ]);
  });

  it('lets an older state of a basket arrive after the newest', () => {
    expect(callsOf('collector').slice(-3)).toMatchObject([
      { event: 'Cart Updated', stamped: opening + hours(5) },
      { event: 'Cart Updated', stamped: opening + hours(4, 10) },
      { event: 'Order Completed' },
    ]);
  });

  it('reports a delivery of six days back', () => {
    expect(actsOf('reviewer')[0]).toMatchObject({
      at: opening + hours(1),
      calls: [{}, { event: 'Order Delivered', stamped: opening + hours(1) - hours(6 * 24) }],
    });
  });
});

describe('expectations of the demo', () => {
  const mails = Object.values(expectations).flatMap((expectation) => expectation.mails);

  it('leave every mail some time to come, and end with the last reminder after 48 hours', () => {
    expect(mails.filter(({ notBefore, before }) => before - notBefore < 2)).toStrictEqual([]);
    expect(Math.max(...mails.map(({ notBefore }) => notBefore))).toBe(48);
  });
});
