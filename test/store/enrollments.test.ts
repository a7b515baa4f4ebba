import { contactId, eventKey, journeyId, stepId } from '../../src/core/ids';
import type { Enrollment } from '../../src/core/enrollments/enrollment';
import type { Enrollments } from '../../src/store/enrollments';
import { openTestStore, type TestStore } from '../support/store';
import { ada, anEnrollment, aSnapshot, cartRecovery, rival, shop } from './builders';

describe('enrollments', () => {
  let opened: TestStore;
  let enrollments: Enrollments;
  const open = (row: Enrollment, nextAt = 0) => enrollments.open(row, { nextAt });
  const find = ({ id }: Enrollment) => enrollments.find(shop, id);
  const converted = { as: 'converted', because: 'exit-event', at: 5_000 } as const;

  beforeEach(async () => {
    opened = await openTestStore();
    enrollments = opened.store.enrollments;
  });
  afterEach(() => opened.close());

  it('opens one row per contact, journey and key when ten events enter at once', async () => {
    const rows = Array.from({ length: 10 }, (_, at) => anEnrollment(at + 1));

    const results = await Promise.all(rows.map((row) => open(row)));

    const opened = await enrollments.openOf(shop, ada);
    expect(opened).toHaveLength(1);
    expect(results.filter(({ kind }) => kind === 'opened')).toHaveLength(1);
    expect(results.filter(({ kind }) => kind === 'already-open')).toHaveLength(9);
    expect(results).toContainEqual({ kind: 'already-open', enrollment: opened[0] });
  });

  it('opens one row when two events ask for the same number', async () => {
    const row = anEnrollment(1);
    const other = anEnrollment(1, { enteredBy: eventKey('other entry') });

    const results = await Promise.all([open(row), open(other)]);

    expect(results.map(({ kind }) => kind).toSorted()).toEqual(['already-open', 'opened']);
  });

  it('lets one event enter a journey once, for ever', async () => {
    const row = anEnrollment(1);
    await open(row);
    await enrollments.close(shop, row.id, converted);

    const again = await open(anEnrollment(2, { enteredBy: row.enteredBy }));

    expect(again).toEqual({ kind: 'entered-before', enrollment: { ...row, ended: converted } });
  });

  it('tells a repeat that it has found its own row', async () => {
    const row = anEnrollment(1);
    await open(row);

    const repeat = await open(row);

    expect(repeat).toEqual({ kind: 'entered-before', enrollment: row });
  });

  it('says that a number is taken by a row that has ended', async () => {
    const row = anEnrollment(1);
    await open(row);
    await enrollments.close(shop, row.id, converted);

    const other = anEnrollment(1, { enteredBy: eventKey('other entry') });
    const taken = await open(other);
    const counted = await open(anEnrollment(2));

    expect(taken).toEqual({ kind: 'taken' });
    expect(counted.kind).toBe('opened');
  });

  it('keeps keys, journeys and contacts apart', async () => {
    const rows = [
      anEnrollment(1),
      anEnrollment(2, { key: 'cart2', enteredBy: eventKey('other') }),
      anEnrollment(3, { journey: journeyId('welcome') }),
      anEnrollment(4, { contact: contactId('cgrace') }),
    ];

    const results = await Promise.all(rows.map((row) => open(row)));

    expect(results.map(({ kind }) => kind)).toEqual(['opened', 'opened', 'opened', 'opened']);
  });

  it('finds the open rows of a contact, started or not', async () => {
    const hearing = anEnrollment(1);
    const started = anEnrollment(2, { key: 'cart2', started: true });
    const ended = anEnrollment(3, { key: 'cart3' });
    await open(hearing);
    await open(started);
    await open(ended);
    await enrollments.close(shop, ended.id, converted);

    const found = await enrollments.openOf(shop, ada);

    expect(found.map(({ id }) => id).toSorted()).toEqual([hearing.id, started.id]);
  });

  it('finds the last row of a key by its number', async () => {
    const tenth = anEnrollment(10);
    await open(anEnrollment(9));
    await enrollments.close(shop, anEnrollment(9).id, converted);
    await open(tenth);

    const of = { contact: ada, journey: cartRecovery, key: 'cart1' };
    const last = await enrollments.lastOf(shop, of);
    const none = await enrollments.lastOf(shop, { ...of, key: 'cart2' });

    expect(last).toEqual(tenth);
    expect(none).toBeUndefined();
  });

  it('replaces the snapshot by a newer one only', async () => {
    const row = anEnrollment(1, { snapshot: aSnapshot('middle', 2_000) });
    await open(row);

    const older = await enrollments.refresh(shop, row.id, aSnapshot('older', 1_999));
    const same = await enrollments.refresh(shop, row.id, aSnapshot('arrived before', 2_000, 1_999));
    const newer = await enrollments.refresh(shop, row.id, aSnapshot('newer', 2_001));

    expect([older, same, newer]).toEqual([false, false, true]);
    expect(await find(row)).toEqual({ ...row, snapshot: aSnapshot('newer', 2_001) });
  });

  it('keeps the newest of ten snapshots that arrive at once', async () => {
    const row = anEnrollment(1, { snapshot: aSnapshot('first', 0) });
    await open(row);
    const snapshots = Array.from({ length: 10 }, (_, at) => aSnapshot(`update ${at}`, at + 1));

    await Promise.all(snapshots.map((snapshot) => enrollments.refresh(shop, row.id, snapshot)));

    expect((await find(row))?.snapshot).toEqual(snapshots[9]);
  });

  it('says yes again to the refresh that is in place', async () => {
    const row = anEnrollment(1);
    await open(row);
    await enrollments.refresh(shop, row.id, aSnapshot('newer', 2_000));

    const repeat = await enrollments.refresh(shop, row.id, aSnapshot('newer', 2_000));

    expect(repeat).toBe(true);
  });

  it('is closed by one of two callers, and by the first for ever', async () => {
    const row = anEnrollment(1);
    await open(row);
    const expired = { as: 'expired', because: 'expired', at: 6_000 } as const;

    const closed = await enrollments.close(shop, row.id, converted);
    const again = await enrollments.close(shop, row.id, expired);

    expect([closed, again]).toEqual([true, false]);
    expect(await find(row)).toEqual({ ...row, ended: converted });
  });

  it('changes nothing of a closed row but that it was started', async () => {
    const row = anEnrollment(1);
    await open(row);
    await enrollments.close(shop, row.id, converted);

    const refreshed = await enrollments.refresh(shop, row.id, aSnapshot('newer', 9_000));
    const moved = await enrollments.moveTo(shop, row.id, { step: stepId('next'), since: 9_000 });
    await enrollments.markStarted(shop, row.id);

    expect([refreshed, moved]).toEqual([false, false]);
    expect(await find(row)).toEqual({ ...row, ended: converted, started: true });
  });

  it('moves on and never back', async () => {
    const row = anEnrollment(1, { since: 1_000 });
    await open(row);

    await enrollments.moveTo(shop, row.id, { step: null, since: 3_000 });
    const back = await enrollments.moveTo(shop, row.id, { step: stepId('wait'), since: 2_000 });

    expect(back).toBe(false);
    expect(await find(row)).toEqual({ ...row, step: null, since: 3_000 });
  });

  it('lists by status, journey, contact, key and step, the last opened first', async () => {
    const starting = anEnrollment(1, { key: 'cart1', openedAt: 10 });
    const started = anEnrollment(2, { key: 'cart2', openedAt: 20, started: true });
    const ended = anEnrollment(3, { key: 'cart3', openedAt: 30 });
    await open(starting);
    await open(started);
    await open(ended);
    await enrollments.close(shop, ended.id, converted);
    const numbers = async (filter: Parameters<typeof enrollments.list>[1]) => {
      const { data } = await enrollments.list(shop, filter, { limit: 10 });
      return data.map(({ n }) => n);
    };

    const listed = {
      all: await numbers({ journey: cartRecovery, contact: ada, step: stepId('wait') }),
      starting: await numbers({ status: 'starting' }),
      open: await numbers({ status: 'open' }),
      ended: await numbers({ status: 'ended' }),
      byKey: await numbers({ key: 'cart2' }),
    };

    expect(listed).toEqual({ all: [3, 2, 1], starting: [1], open: [2], ended: [3], byKey: [2] });
  });

  it('is out of reach of another workspace', async () => {
    const row = anEnrollment(1);
    await open(row, 10);

    const changed = [
      await enrollments.refresh(rival, row.id, aSnapshot('newer', 9_000)),
      await enrollments.moveTo(rival, row.id, { step: null, since: 9_000 }),
      await enrollments.close(rival, row.id, converted),
    ];
    await enrollments.markStarted(rival, row.id);

    expect(changed).toEqual([false, false, false]);
    expect(await find(row)).toEqual(row);
    expect(await enrollments.find(rival, row.id)).toBeUndefined();
    expect(await enrollments.openOf(rival, ada)).toEqual([]);
    expect(await enrollments.lastOf(rival, row)).toBeUndefined();
    expect(await enrollments.list(rival, {}, { limit: 9 })).toEqual({ data: [] });
    expect(await enrollments.claimUnstarted({ now: 10, leaseMs: 1, limit: 1 })).toEqual([row]);
  });
});
