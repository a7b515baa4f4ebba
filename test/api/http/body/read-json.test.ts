import { readJson } from '../../../../src/api/http/body/read-json';

describe('the text of a body', () => {
  it.each([
    ['12345.67', 12345.67],
    ['99.90', 99.9],
    ['9007199254740991', 9007199254740991],
    ['-9007199254740991', -9007199254740991],
    ['0.30000000000000004', 0.30000000000000004],
    ['19.989999999999998', 19.99],
    ['0.10000000000000001', 0.1],
    ['1.5e-7', 1.5e-7],
    ['0.00000000000000000001', 1e-20],
    ['-0', -0],
  ])('R6: keeps %s a number', (text, value) => {
    expect(readJson(text, 'as-text')).toBe(value);
    expect(readJson(text, 'refused')).toBe(value);
  });

  it.each([
    '9007199254740993',
    '9007199254740992',
    '-9007199254740993',
    '12345678901234567890',
    '99999999999999.99',
    '1234567890123456.78',
    '0.1234567890123456789',
    '1e400',
    '9007199254740993.0',
  ])('R6: never rounds %s', (text) => {
    expect(readJson(`{"total":[${text}]}`, 'as-text')).toEqual({ total: [text] });
    expect(readJson(`{"total":[${text}]}`, 'refused')).toEqual({ total: [Infinity] });
  });

  it.each(['1e17', '-1E21', '9.005e+307'])(
    'R6: refuses %s as the document does, and keeps it elsewhere',
    (text) => {
      expect(readJson(`{"total":[${text}]}`, 'as-text')).toEqual({ total: [Number(text)] });
      expect(readJson(`{"total":[${text}]}`, 'refused')).toEqual({ total: [Infinity] });
    },
  );

  it('R6: leaves digits alone that stand in text', () => {
    const body = { '9007199254740993': 'order 9007199254740993', quoted: '"9007199254740993":1' };

    expect(readJson(JSON.stringify(body), 'as-text')).toEqual(body);
  });

  it.each([
    ['"ada\\ud83d"', 'ada\ufffd'],
    ['"\\uDE00ada"', '\ufffdada'],
    ['"\\ud83d\\ud83d\\ude00"', '\ufffd\u{1f600}'],
    ['"\\ud83d\\ude00"', '\u{1f600}'],
    ['"\\\\ud83d"', '\\ud83d'],
    ['"\\\\\\ud83d"', '\\\ufffd'],
    ['"\\u00e9\\n"', 'é\n'],
  ])('R35: is well-formed: %s', (text, value) => {
    expect(readJson(text, 'as-text')).toBe(value);
  });

  it('R35: is well-formed in names too', () => {
    expect(readJson('{"a\\ud83d":1}', 'refused')).toEqual({ 'a\ufffd': 1 });
  });

  it('takes the last of two values under one name, as JSON.parse does', () => {
    expect(readJson('{"a":9007199254740993,"a":2}', 'as-text')).toEqual({ a: 2 });
  });

  it('reads a megabyte of digits and escapes', () => {
    const long = '\\ud83d9007199254740993,"'.replace('"', '\\"').repeat(40_000);

    const value = readJson(`{"note":"${long}","total":9007199254740993}`, 'as-text');

    expect(value).toHaveProperty('total', '9007199254740993');
  });

  it('R35: survives nesting that no stack would', () => {
    const depth = 100_000;

    expect(() =>
      readJson(`${'['.repeat(depth)}"\\ud83d"${']'.repeat(depth)}`, 'refused'),
    ).not.toThrow();
  });
});
