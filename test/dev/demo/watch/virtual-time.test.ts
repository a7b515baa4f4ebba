import { faceOf, hours, mondayAtTen, untilInstant } from '../../../../dev/demo/watch/virtual-time';

describe('the Monday on which the demo begins', () => {
  it.each([
    ['on a Thursday', '2026-03-05T12:00:00Z', '2026-03-02T09:00:00Z'],
    ['on that Monday at ten', '2026-03-02T09:00:00Z', '2026-03-02T09:00:00Z'],
    ['on a Monday before ten', '2026-03-02T08:59:59Z', '2026-02-23T09:00:00Z'],
    ['on a Sunday whose UTC date differs', '2026-03-01T23:30:00Z', '2026-02-23T09:00:00Z'],
    ['in summer', '2026-07-30T12:00:00Z', '2026-07-27T08:00:00Z'],
  ])('is the latest one, %s', (_case, before, monday) => {
    expect(mondayAtTen(Date.parse(before))).toBe(Date.parse(monday));
  });
});

describe('virtual time', () => {
  it('counts hours and minutes in milliseconds', () => {
    expect(hours(1, 30)).toBe(5_400_000);
  });

  it('shows the time of day in Rome', () => {
    expect(faceOf(Date.parse('2026-03-02T23:05:00Z'))).toBe('Tue 00:05');
  });

  it('waits for an instant by the clock given', async () => {
    const realOrigin = Date.now();
    const clock = { realOrigin, virtualOrigin: 0, scale: 3600 };

    await untilInstant(clock, hours(0, 3), new AbortController().signal);

    expect(Date.now() - realOrigin).toBeGreaterThanOrEqual(49);
  });

  it('stops waiting when it is told to', async () => {
    const stopping = new AbortController();
    const waiting = untilInstant(
      { realOrigin: Date.now(), virtualOrigin: 0, scale: 1 },
      hours(1),
      stopping.signal,
    );

    stopping.abort();

    await expect(waiting).rejects.toThrow('aborted');
  });
});
