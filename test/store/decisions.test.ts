import mongoose from 'mongoose';
import type { Decisions } from '../../src/store/decisions';
import { openTestStore, type TestStore } from '../support/store';
import { aDecision, aRefusal, ada, cartEnrollment, rival, shop } from './builders';

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

    await decisions.record([aRefusal('1'), fresh]);
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
    const refused = aRefusal('refused');
    await decisions.record([aDecision('sent'), refused]);

    const refusals = await decisions.refusals(shop, { limit: 10 });

    expect(refusals).toEqual({ data: [refused] });
  });

  it('keeps the decisions of two workspaces apart, also under one id', async () => {
    await decisions.record([aRefusal('1'), aDecision('2')]);
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

  it('reads a line of another time, whatever its reason and its fields', async () => {
    const { id, workspace, contact, enrollment, at } = aDecision('old');
    const old = { id, workspace, contact, enrollment, at, kind: 'skipped', because: 'full-moon' };
    const connection = await mongoose.createConnection(opened.uri).asPromise();
    await connection.collection<{ _id: string }>('decisions').insertOne({ _id: 'old', ...old });
    await connection.close();

    expect(await decisions.ofEnrollment(shop, cartEnrollment)).toEqual([old]);
    expect(await decisions.ofContact(shop, ada, { limit: 1 })).toEqual({ data: [old] });
  });
});
