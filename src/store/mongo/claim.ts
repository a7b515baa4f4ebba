import type { Filter, Rows } from './rows';

/** A lease in real milliseconds. A claimed row is due again when the lease has run out. */
export type LeaseClaim = Readonly<{ now: number; leaseMs: number; limit: number }>;

/** When a row waits to be taken over, in real milliseconds. */
export type Due = Readonly<{ nextAt: number }>;

/**
 * The waiting rows that are due, the longest due first. A claim moves `nextAt` from what was read,
 * so that of several claimants one gets the row.
 */
export async function claimDue<Row extends Due & Readonly<{ _id: string }>>(
  rows: Rows<Row>,
  waiting: Filter,
  { now, leaseMs, limit }: LeaseClaim,
): Promise<readonly Row[]> {
  const isDue = { ...waiting, nextAt: { $lte: now } };
  const due = await rows.all(isDue, { order: { nextAt: 1 }, limit });
  const claims = due.map(({ _id, nextAt }) =>
    rows.changed({ ...waiting, _id, nextAt }, { $set: { nextAt: now + leaseMs } }),
  );
  return (await Promise.all(claims)).filter((row) => row !== undefined);
}
