import type { Decisions } from '../../src/store/decisions';
import { openTestStore, type TestStore } from '../support/store';
import { aDecision, ada, cartEnrollment, rival, shop } from './builders';

describe('decisions', () => {
  let opened: TestStore;
  let decisions: Decisions;

  beforeEach(async () => {
    opened = await openTestStore();
    decisions = opened.store.decisions;
  });
  afterEach(() => opened.close());

  it('writes each decision once, and the new ones of a batch that is partly known', async () => {
    const known = aDecision('1', { facts: { 'cart.total': 10 } });
    const fresh = aDecision('2', { at: 2_000 });
    await decisions.record([known]);

    await decisions.record([{ ...known, kind: 'skipped' }, fresh]);
    await decisions.record([known, fresh]);

    expect(await decisions.ofEnrollment(shop, cartEnrollment)).toEqual([known, fresh]);
  });

  it('writes nothing where there is nothing', async () => {
    await decisions.record([]);

    expect(await decisions.ofEnrollment(shop, cartEnrollment)).toEqual([]);
  });

  it('tells an enrollment oldest first, and one instant in the order of its numbers', async () => {
    const ids = ['e.10', 'e.9', 'e.2'];
    await decisions.record(ids.map((id) => aDecision(id)));
    await decisions.record([aDecision('e.1', { at: 2_000 }), aDecision('e.99', { at: 500 })]);

    const told = await decisions.ofEnrollment(shop, cartEnrollment);

    expect(told.map(({ id }) => id)).toEqual(['e.99', 'e.2', 'e.9', 'e.10', 'e.1']);
  });

  it('tells a contact latest first, page by page', async () => {
    await decisions.record([1, 2, 3].map((at) => aDecision(`d${at}`, { at })));

    const first = await decisions.ofContact(shop, ada, { limit: 2 });
    const second = await decisions.ofContact(shop, ada, { limit: 2, cursor: first.nextCursor });

    expect([first, second].map(({ data }) => data.map(({ at }) => at))).toEqual([[3, 2], [1]]);
  });

  it('lists the refusals alone', async () => {
    const refused = aDecision('refused', { kind: 'refused', because: 'limit' });
    await decisions.record([aDecision('sent'), refused]);

    const refusals = await decisions.refusals(shop, { limit: 10 });

    expect(refusals).toEqual({ data: [refused] });
  });

  it('keeps the decisions of two workspaces apart, also under one id', async () => {
    await decisions.record([aDecision('1', { kind: 'refused' })]);
    const empty = [
      await decisions.ofEnrollment(rival, cartEnrollment),
      await decisions.ofContact(rival, ada, { limit: 9 }),
      await decisions.refusals(rival, { limit: 9 }),
    ];

    const theirs = aDecision('1', { workspace: rival });
    await decisions.record([theirs]);

    expect(empty).toEqual([[], { data: [] }, { data: [] }]);
    expect(await decisions.ofEnrollment(rival, cartEnrollment)).toEqual([theirs]);
  });
});
