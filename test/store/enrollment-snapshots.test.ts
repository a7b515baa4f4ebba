import fc from 'fast-check';
import type { Enrollment } from '../../src/core/enrollments/enrollment';
import { isNewerThan } from '../../src/core/events/newer';
import { openTestStore, type TestStore } from '../support/store';
import { anEnrollment, aSnapshot, shop } from './builders';

describe('the snapshot of an enrollment', () => {
  let opened: TestStore;

  beforeEach(async () => {
    opened = await openTestStore();
  });
  afterEach(() => opened.close());

  const open = (row: Enrollment) => opened.store.enrollments.open(row, { nextAt: 0 });
  const snapshotIn = async ({ id }: Enrollment) =>
    (await opened.store.enrollments.find(shop, id))?.snapshot;

  it('fault 18: is the one that the core calls newer, on any equal timestamps', async () => {
    const few = fc.integer({ min: 0, max: 2 });
    const snapshot = fc.tuple(fc.constantFrom('a', 'b', 'c'), few, few);
    let n = 0;
    await fc.assert(
      fc.asyncProperty(snapshot, snapshot, async (one, other) => {
        const [stored, given] = [aSnapshot(...one), aSnapshot(...other)];
        n += 1;
        const row = anEnrollment(n, { key: `cart ${n}`, snapshot: stored });
        await open(row);

        await opened.store.enrollments.refresh(shop, row.id, given);

        const isNewer = isNewerThan({ key: given.event, ...given, receivedAt: other[2] }, stored);
        const isSame = given.event === stored.event;
        expect(await snapshotIn(row)).toEqual(isNewer || isSame ? given : stored);
      }),
    );
  });

  it('fault 18: gives way where it does not know when it was received', async () => {
    const { receivedAt: _unknown, ...stored } = aSnapshot('stored', 2_000);
    const row = anEnrollment(1, { snapshot: stored });
    await open(row);

    await opened.store.enrollments.refresh(shop, row.id, aSnapshot('given', 2_000, 1));

    expect(await snapshotIn(row)).toEqual(aSnapshot('given', 2_000, 1));
  });
});
