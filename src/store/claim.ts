import type { Filter, Rows } from './rows';

/** `now` and `leaseMs` are real milliseconds: what is claimed comes back when the lease has run out. */
export type Claim = Readonly<{ now: number; leaseMs: number; limit: number }>;

/** When a row waits to be taken over, in real milliseconds. */
export type Due = Readonly<{ nextAt: number }>;

/** The waiting rows that are due, the longest due first; each claim moves `nextAt`, so that no other claimant gets the row. */
export async function claimDue<Row extends Due>(
  rows: Rows<Row>,
  waiting: Filter,
  { now, leaseMs, limit }: Claim,
): Promise<readonly Row[]> {
  const due = { ...waiting, nextAt: { $lte: now } };
  const claimed: Row[] = [];
  while (claimed.length < limit) {
    const row = await rows.changed(due, { $set: { nextAt: now + leaseMs } }, { nextAt: 1 });
    if (!row) break;
    claimed.push(row);
  }
  return claimed;
}
