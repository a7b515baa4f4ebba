import { LRUCache } from 'lru-cache';
import pLimit, { type LimitFunction } from 'p-limit';
import type { WorkspaceId } from '../../../core/ids';

/** Room for the items of batches. */
export type Shares = Readonly<{
  /**
   * Does the work on an item, once its workspace has room for it. It begins in the order of asking.
   */
  inShare: <Result>(workspace: WorkspaceId, work: () => Promise<Result>) => Promise<Result>;
}>;

/** The workspace that was idle longest is forgotten. */
const mostCounted = 10_000;

/** Each workspace has `most` items under way. So its batches delay others by no more than these. */
export function createShares(most: number): Shares {
  const limits = new LRUCache<WorkspaceId, LimitFunction>({ max: mostCounted });
  return {
    inShare: (workspace, work) => {
      const limit = limits.get(workspace) ?? pLimit(most);
      limits.set(workspace, limit);
      return limit(work);
    },
  };
}
