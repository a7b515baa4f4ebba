import { idOf } from '../../../src/core/json/id-of';
import type { Json } from '../../../src/core/json/json';

describe('the id that a value states', () => {
  it.each<[Json, string]>([
    ['c1', 'c1'],
    [4711, '4711'],
    ['4711', '4711'],
    ['0042', '0042'],
    [' c1\n', 'c1'],
    ['Null Island', 'Null Island'],
    ['nonesuch', 'nonesuch'],
    ['00', '00'],
    ['"c1"', '"c1"'],
    ['9007199254740993', '9007199254740993'],
    [-7, '-7'],
  ])('fault 16: of %j is %j', (value, id) => {
    expect(idOf(value)).toBe(id);
  });

  it.each<Json>(['', '  ', '\t', 0, '0', null, true, false, [], ['c1'], {}, { id: 'c1' }])(
    'R42: is none for %j',
    (value) => {
      expect(idOf(value)).toBeUndefined();
    },
  );

  it.each([
    'undefined',
    'null',
    'NULL',
    'None',
    'nil',
    'NaN',
    'N/A',
    ' null ',
    '"undefined"',
    "'null'",
    '[object Object]',
    '{}',
    '(not set)',
  ])('R31: is none for the text %j, which a program writes for no value', (text) => {
    expect(idOf(text)).toBeUndefined();
  });

  it('R35: is well-formed text', () => {
    expect(idOf('ada\ud83d')).toBe('ada\ufffd');
  });
});
