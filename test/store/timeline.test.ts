import { contactId } from '../../src/core/ids';
import type { PageRequest } from '../../src/store/mongo/page';
import type { TimelineLine } from '../../src/store/timeline';
import { openTestStore, type TestStore } from '../support/store';
import { aDecision, ada, anEvent, rival, shop } from './builders';

const bea = contactId('cbea');
const nameOf = (line: TimelineLine) => ('event' in line ? line.event.id : line.decision.id);

describe('the timeline of a contact', () => {
  let opened: TestStore;
  const page = (request: PageRequest) => opened.store.timeline.ofContact(shop, [ada, bea], request);

  beforeEach(async () => {
    opened = await openTestStore();
    const { events, decisions } = opened.store;
    const received = [
      anEvent('e1', { receivedAt: 1 }),
      anEvent('e3', { receivedAt: 3, contact: bea }),
      anEvent('e4', { receivedAt: 4, occurredAt: 2 }),
      anEvent('of another', { contact: contactId('ceve') }),
      anEvent('elsewhere', { workspace: rival }),
    ];
    await Promise.all(received.map((event) => events.insert(event, { nextAt: 0 })));
    const decided = [
      aDecision('d1', { at: 1 }),
      aDecision('d3', { at: 3 }),
      aDecision('d3 of bea', { at: 3, contact: bea }),
      aDecision('elsewhere', { workspace: rival }),
    ];
    await decisions.record(decided);
  });
  afterEach(() => opened.close());

  it('tells events and decisions of all its ids, latest first', async () => {
    const { data, ...rest } = await page({ limit: 10 });

    expect(data.map(nameOf)).toEqual(['e4', 'e3', 'd3 of bea', 'd3', 'e1', 'd1']);
    expect(data.map(({ at }) => at)).toEqual([4, 3, 3, 3, 1, 1]);
    expect(rest).toEqual({});
  });

  it.each([1, 2, 3, 5])('tells each line once in pages of %i', async (limit) => {
    const told: string[] = [];
    for (let cursor: string | undefined = ''; cursor !== undefined;) {
      const next = await page({ limit, ...(cursor && { cursor }) });
      told.push(...next.data.map(nameOf));
      cursor = next.nextCursor;
    }

    expect(told).toEqual(['e4', 'e3', 'd3 of bea', 'd3', 'e1', 'd1']);
  });

  it.each(['', 'x', 'x~y', '~~'])('refuses the strange cursor "%s"', async (cursor) => {
    await expect(page({ limit: 1, cursor })).rejects.toMatchObject({ code: 'invalid' });
  });
});
