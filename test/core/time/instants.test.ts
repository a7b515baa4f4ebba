import { instant, stamp } from '../../../src/core/time/time.schema';

describe('attack 21: an instant of a client', () => {
  it.each(['0001-01-01T00:00:00Z', '2026-03-02T09:00:00+01:00', '9999-12-30T23:59:59Z'])(
    'may be %s',
    (text) => {
      expect(instant.safeParse(text).success).toBe(true);
      expect(stamp.safeParse(text).success).toBe(true);
    },
  );

  it.each([
    '0000-01-01T00:00:00Z',
    '0001-01-01T00:00:00+01:00',
    '9999-12-31T23:59:59-01:00',
    '2026-03-02T09:00:00',
    '2026-02-30T09:00:00Z',
  ])('is not %s, which cannot be shown as ISO 8601', (text) => {
    expect(instant.safeParse(text).success).toBe(false);
    expect(stamp.safeParse(text).success).toBe(false);
  });
});
