import type { Enrollment } from '../../src/core/enrollments/enrollment';
import type { Enrollments } from '../../src/store/enrollments';
import { openTestStore, type TestStore } from '../support/store';
import { anEnrollment, shop } from './builders';

describe('enrollments that wait for their start', () => {
  let opened: TestStore;
  let enrollments: Enrollments;
  const open = (row: Enrollment, nextAt: number) => enrollments.open(row, { nextAt });
  const converted = { as: 'converted', because: 'exit-event', at: 5_000 } as const;

  beforeEach(async () => {
    opened = await openTestStore();
    enrollments = opened.store.enrollments;
  });
  afterEach(() => opened.close());

  it('hands each row that is due to start, open or ended, to one claimant', async () => {
    const ended = anEnrollment(1, { key: 'cart1' });
    await open(ended, 10);
    await enrollments.close(shop, ended.id, converted);
    await open(anEnrollment(2, { key: 'cart2' }), 20);
    await open(anEnrollment(3, { key: 'cart3' }), 101);
    await open(anEnrollment(4, { key: 'cart4', started: true }), 10);

    const claim = { now: 100, leaseMs: 50, limit: 5 };
    const claims = await Promise.all([
      enrollments.claimUnstarted(claim),
      enrollments.claimUnstarted(claim),
    ]);

    const numbers = claims.flat().map(({ n }) => n);
    expect(numbers.toSorted()).toEqual([1, 2]);
  });

  it('comes back to the claimants after its lease', async () => {
    const row = anEnrollment(1);
    await open(row, 10);
    await enrollments.claimUnstarted({ now: 100, leaseMs: 50, limit: 5 });

    const leased = await enrollments.claimUnstarted({ now: 149, leaseMs: 50, limit: 5 });
    const later = await enrollments.claimUnstarted({ now: 150, leaseMs: 50, limit: 5 });

    expect([leased, later]).toEqual([[], [row]]);
  });
});
