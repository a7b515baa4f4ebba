import fc from 'fast-check';
import { holds } from '../../../src/core/conditions/holds';
import { compareDecimals, isDecimal } from '../../../src/core/json/decimal';

describe('an amount', () => {
  it.each([
    ['99.90', 50, 1],
    ['99.90', '99.9', 0],
    ['0.30', 0.3, 0],
    ['10', '9', 1],
    ['-2', '-10', 1],
    ['-0', 0, 0],
    ['007.5', 7.5, 0],
    ['9007199254740993', '9007199254740992', 1],
    ['0.1000000000000000001', '0.1', 1],
    [1e21, '1000000000000000000001', -1],
    [5e-7, '0.0000005', 0],
    [1.5e-7, '0.00000015', 0],
    [' 12.50 ', 12.5, 0],
  ])('R43: %j compares with %j exactly', (one, other, sign) => {
    expect(Math.sign(compareDecimals(one, other) ?? NaN)).toBe(sign);
    expect(Math.sign(compareDecimals(other, one) ?? NaN)).toBe(sign === 0 ? 0 : -sign);
  });

  it.each(['12,50', '', ' ', '€5', '1e3', '0x10', 'NaN', '1.', '.5', true, null, [1], {}])(
    'R43: %j is none',
    (value) => {
      expect(isDecimal(value)).toBe(false);
      expect(compareDecimals(value, 1)).toBeUndefined();
    },
  );

  it('R43: given as text is greater or less in a condition', () => {
    const facts = { event: { total: '99.90', name: 'x' } };
    const total = (is: 'greater' | 'less', to: number | string) =>
      holds({ fact: 'event.total', is, to }, facts);

    expect([total('greater', 50), total('greater', '99.90'), total('less', '100')]).toEqual([
      true,
      false,
      true,
    ]);
    expect(holds({ fact: 'event.name', is: 'greater', to: 1 }, facts)).toBe(false);
  });

  it('compares numbers as numbers do', () => {
    const anyNumber = fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.integer());
    fc.assert(
      fc.property(anyNumber, anyNumber, (one, other) => {
        expect(Math.sign(compareDecimals(one, other) ?? NaN)).toBe(
          one === other ? 0 : Math.sign(one < other ? -1 : 1),
        );
      }),
    );
  });
});
