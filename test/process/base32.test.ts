import { base32 } from '../../src/process/base32';

describe('base32', () => {
  it.each([
    [[0, 1, 2, 3, 4, 5, 250, 251, 252, 253], 16, 'aaaqeayeax5px7h5'],
    [[255, 7], 3, '74d'],
    [[], 5, ''],
  ])('writes %j in %i digits as it always has', (bytes, length, text) => {
    expect(base32(Uint8Array.from(bytes), length)).toBe(text);
  });
});
