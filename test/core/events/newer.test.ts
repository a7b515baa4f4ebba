import fc from 'fast-check';
import { snapshotOf } from '../../../src/core/events/event';
import { isNewerThan } from '../../../src/core/events/newer';
import { anEvent } from '../../support/core/builders';

const few = fc.integer({ min: 0, max: 2 });
const anyEvent = fc
  .record({ id: fc.constantFrom('a', 'b', 'c'), occurredAt: few, receivedAt: few })
  .map(anEvent);

describe('fault 18: of two events the newer', () => {
  const update = anEvent({ id: 'update', occurredAt: 10, receivedAt: 20 });

  it.each([
    ['happened later, however they arrived', { occurredAt: 11, receivedAt: 1 }, true],
    ['did not happen before', { occurredAt: 9, receivedAt: 30 }, false],
    ['arrived later, where both happened at once', { occurredAt: 10, receivedAt: 21 }, true],
    ['did not arrive before, where both happened at once', { receivedAt: 19 }, false],
  ])('%s', (_title, facts, isNewer) => {
    const other = anEvent({ id: 'other', occurredAt: 10, ...facts });

    expect(isNewerThan(other, snapshotOf(update))).toBe(isNewer);
  });

  it('is one of them, and never the same event', () => {
    fc.assert(
      fc.property(anyEvent, anyEvent, (one, other) => {
        const found = [
          isNewerThan(one, snapshotOf(other)),
          isNewerThan(other, snapshotOf(one)),
        ].filter(Boolean);

        expect(found).toHaveLength(one.key === other.key ? 0 : 1);
      }),
    );
  });

  it('came after a snapshot of an earlier version, where both happened at once', () => {
    const { receivedAt: _unknown, ...stored } = snapshotOf(update);

    expect(isNewerThan(anEvent({ id: 'other', occurredAt: 10, receivedAt: 1 }), stored)).toBe(true);
    expect(isNewerThan(update, stored)).toBe(false);
  });
});
