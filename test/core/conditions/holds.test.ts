import fc from 'fast-check';
import type { Operand, Operator } from '../../../src/core/conditions/condition';
import { pick } from '../../../src/core/conditions/fact-at';
import { holds, pathsOf } from '../../../src/core/conditions/holds';
import type { Json } from '../../../src/core/json/json';
import { arbitraryCondition, arbitraryFacts } from '../../support/core/arbitrary-condition';

const noon = Date.UTC(2026, 0, 15, 12);

describe('a comparison', () => {
  it.each<[Json, Operator, Operand, boolean]>([
    ['k1', 'equals', 'k1', true],
    ['k1', 'equals', 'k2', false],
    [1, 'equals', '1', true],
    [1, 'equals', '01', false],
    [1, 'equals', true, false],
    ['true', 'equals', true, false],
    [{ a: 1, b: [2] }, 'equals', { b: [2], a: 1 }, true],
    [[1, 2], 'equals', [2, 1], false],
    [[1], 'equals', { 0: 1 }, false],
    ['k1', 'not', 'k2', true],
    ['k1', 'not', 'k1', false],
    [2, 'greater', 1, true],
    [1, 'greater', 1, false],
    ['2', 'greater', 1, true],
    [1, 'less', 2, true],
    [2, 'less', 2, false],
    ['it', 'in', ['it', 'fr'], true],
    ['de', 'in', ['it', 'fr'], false],
    ['it', 'in', 'it', false],
    ['a long word', 'contains', 'long', true],
    ['a long word', 'contains', 'short', false],
    [['vip', 'b2b'], 'contains', 'vip', true],
    [['vip', 'b2b'], 'contains', 'v', false],
    [[{ id: 1 }], 'contains', { id: 1 }, true],
    [12, 'contains', 1, false],
    [[7, 9], 'intersects', [9, 11], true],
    [[7, 9], 'intersects', [11], false],
    [[], 'intersects', [], false],
    [7, 'intersects', [7], true],
    [[7], 'intersects', 7, true],
    [noon, 'before', '2026-01-15T13:00:01+01:00', true],
    [noon, 'before', '2026-01-15T13:00:00+01:00', false],
    ['2026-01-15', 'before', noon, true],
    ['2026-01-15T12:00:01Z', 'after', noon, true],
    ['2026-01-15T12:00:00Z', 'after', noon, false],
    ['2026-01-15T23:00:00', 'after', noon, false],
    ['2026-01-15T01:00:00', 'before', noon, false],
    ['soon', 'after', noon, false],
    [true, 'after', 0, false],
  ])('of %j, %s %j, is %s', (value, is, to, expected) => {
    const condition = { fact: 'event.properties.value', is, to };

    const verdict = holds(condition, { event: { properties: { value } } });

    expect(verdict).toBe(expected);
  });

  it('reads its other side from a fact too', () => {
    const condition = {
      fact: 'event.properties.products[].variant_id',
      is: 'intersects',
      to: { fact: 'entry.properties.products[].variant_id' },
    } as const;

    const verdict = holds(condition, {
      event: { properties: { products: [{ variant_id: 9 }] } },
      entry: { properties: { products: [{ variant_id: 7 }, { variant_id: 9 }] } },
    });

    expect(verdict).toBe(true);
  });

  it('takes an object for a value unless it is { fact } and nothing else', () => {
    const condition = { fact: 'event.value', is: 'equals', to: { fact: 'x', more: 1 } } as const;

    const verdict = holds(condition, { event: { value: { fact: 'x', more: 1 } } });

    expect(verdict).toBe(true);
  });

  it.each<Operator>([
    'equals',
    'not',
    'greater',
    'less',
    'in',
    'contains',
    'intersects',
    'exists',
    'before',
    'after',
  ])('with %s is false where a fact is missing or null', (is) => {
    const facts = { event: { here: 1, nothing: null } };

    expect(holds({ fact: 'event.gone', is, to: 1 }, facts)).toBe(false);
    expect(holds({ fact: 'event.nothing', is, to: 1 }, facts)).toBe(false);
    expect(holds({ fact: 'entry.here', is, to: 1 }, facts)).toBe(false);
  });

  it.each<Operator>([
    'equals',
    'not',
    'greater',
    'less',
    'in',
    'contains',
    'intersects',
    'before',
    'after',
  ])('with %s is false where what it compares with is missing', (is) => {
    const facts = { event: { here: 1 } };

    expect(holds({ fact: 'event.here', is }, facts)).toBe(false);
    expect(holds({ fact: 'event.here', is, to: null }, facts)).toBe(false);
    expect(holds({ fact: 'event.here', is, to: { fact: 'event.gone' } }, facts)).toBe(false);
  });

  it.each(['event.constructor', 'event.__proto__', 'event.toString', 'event.hasOwnProperty.name'])(
    'finds nothing inherited at %s',
    (fact) => {
      expect(holds({ fact, is: 'exists' }, { event: {} })).toBe(false);
    },
  );
});

describe('a condition', () => {
  const yes = { fact: 'event.name', is: 'exists' } as const;
  const no = { fact: 'event.gone', is: 'exists' } as const;
  const facts = { event: { name: 'Cart Updated' } };

  it.each([
    [{ all: [yes, yes] }, true],
    [{ all: [yes, no] }, false],
    [{ any: [no, yes] }, true],
    [{ any: [no, no] }, false],
    [{ not: no }, true],
    [{ not: yes }, false],
    [{ all: [{ any: [no, { not: no }] }, yes] }, true],
  ])('%j is %s', (condition, expected) => {
    expect(holds(condition, facts)).toBe(expected);
  });

  it('names every fact it reads once', () => {
    const paths = pathsOf({
      all: [
        { fact: 'event.a', is: 'equals', to: { fact: 'entry.b' } },
        {
          any: [
            { not: { fact: 'event.a', is: 'exists' } },
            { fact: 'contact.c', is: 'equals', to: 1 },
          ],
        },
      ],
    });

    expect(paths).toEqual(['event.a', 'entry.b', 'contact.c']);
  });

  it('is always true or false, whatever it compares', () => {
    fc.assert(
      fc.property(arbitraryCondition, arbitraryFacts, (condition, anyFacts) => {
        expect([true, false]).toContain(holds(condition, anyFacts));
      }),
      { numRuns: 1_000 },
    );
  });

  it('needs no fact but those at its paths', () => {
    fc.assert(
      fc.property(arbitraryCondition, arbitraryFacts, (condition, anyFacts) => {
        const pruned = pick(anyFacts, pathsOf(condition));

        expect(holds(condition, pruned)).toBe(holds(condition, anyFacts));
      }),
      { numRuns: 1_000 },
    );
  });
});
