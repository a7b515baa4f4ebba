import { messageId } from '../../../src/core/ids';
import { capReached, stillCounting, type Contacted } from '../../../src/core/messages/timing/caps';
import type { Cap } from '../../../src/core/workspaces/rules';

const zone = 'Europe/Rome';
const hour = 3_600_000;
const at = (text: string) => Date.parse(text);

const contacted = (time: string, facts: Partial<Contacted> = {}): Contacted => ({
  message: messageId(`m-${time}`),
  at: at(time),
  channel: 'email',
  purpose: 'marketing',
  priority: 50,
  ...facts,
});
const untilOf = (cap: Cap, message: Contacted, before: readonly Contacted[]) => {
  const reached = capReached(message, before, { caps: [cap], zone });
  return reached && new Date(reached.until).toISOString();
};

const oneADay: Cap = { most: 1, within: 'P1D' };
const twoIn24Hours: Cap = { most: 2, within: 'PT24H' };

describe('a cap', () => {
  it('has room for as many messages as it says', () => {
    const before = [contacted('2026-11-27T09:00Z')];

    expect(untilOf(twoIn24Hours, contacted('2026-11-27T10:00Z'), before)).toBeUndefined();
  });

  it('has room again once the oldest of them is out of its window', () => {
    const before = [contacted('2026-11-27T09:00Z'), contacted('2026-11-27T10:00Z')];

    expect(untilOf(twoIn24Hours, contacted('2026-11-27T11:00Z'), before)).toBe(
      '2026-11-28T09:00:00.000Z',
    );
  });

  it("counts by days of the contact's calendar where it is said in days", () => {
    const before = [contacted('2026-11-27T22:30Z')];

    expect(untilOf(oneADay, contacted('2026-11-27T22:45Z'), before)).toBe(
      '2026-11-27T23:00:00.000Z',
    );
  });

  it('lets a day last 25 hours where clocks go back', () => {
    const before = [contacted('2026-10-25T08:00Z')];

    expect(untilOf(oneADay, contacted('2026-10-25T22:59Z'), before)).toBe(
      '2026-10-25T23:00:00.000Z',
    );
  });

  it('is about marketing alone, unless it names other purposes', () => {
    const before = [contacted('2026-11-27T09:00Z')];
    const receipt = contacted('2026-11-27T10:00Z', { purpose: 'transactional' });

    expect(untilOf(oneADay, receipt, before)).toBeUndefined();
    expect(untilOf({ ...oneADay, purposes: ['transactional'] }, receipt, [receipt])).toBe(
      undefined,
    );
    expect(
      untilOf({ ...oneADay, purposes: ['transactional', 'marketing'] }, receipt, before),
    ).toBeDefined();
  });

  it('counts no message against itself', () => {
    const message = contacted('2026-11-27T09:00Z');

    expect(untilOf(oneADay, { ...message, at: message.at + hour }, [message])).toBeUndefined();
  });

  it('lets a reminder hold a newsletter back, and never the reverse', () => {
    const newsletter = contacted('2026-11-27T09:00Z', { priority: 10 });
    const reminder = contacted('2026-11-27T10:00Z', { priority: 60 });

    expect(untilOf(oneADay, reminder, [newsletter])).toBeUndefined();
    expect(untilOf(oneADay, { ...newsletter, at: reminder.at + hour }, [reminder])).toBeDefined();
  });

  it('waits for the last of several caps', () => {
    const before = [contacted('2026-11-27T09:00Z')];
    const weekly: Cap = { most: 1, within: 'P7D' };
    const reached = capReached(contacted('2026-11-27T10:00Z'), before, {
      caps: [oneADay, weekly],
      zone,
    });

    expect(reached).toEqual({ cap: weekly, until: at('2026-12-03T23:00Z') });
  });
});

describe('what caps count', () => {
  it('is forgotten once no cap counts it any more', () => {
    const [old, young] = [contacted('2026-11-20T09:00Z'), contacted('2026-11-27T09:00Z')];

    const kept = stillCounting([old, young], at('2026-11-27T10:00Z'), { caps: [oneADay], zone });

    expect(kept).toEqual([young]);
  });
});
