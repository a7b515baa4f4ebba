import type { WorkspaceId } from '../../../core/ids';
import type { Release } from './places';
import { costOf, type Weight } from './rate-limit';

/** Room for the work of requests. Each workspace has its own, so none takes that of another. */
export type Shares = Readonly<{
  /**
   * Waits for room for a request, as its body weighs. A workspace fills its room in the order of
   * asking. Undefined where there was none in time.
   */
  enter: (workspace: WorkspaceId, weight: Weight) => Promise<Release | undefined>;
  /** The items of a batch that may be under way at once. At least one. */
  itemsAtOnce: (weight: Weight) => number;
}>;

type Room = Readonly<{
  /** The cost of all requests of a workspace that are under way. */
  most: number;
  waitMs: number;
}>;

/** No request takes more room than there is. So one of any size is under way at least. */
export function createShares(room: Room): Shares {
  const shares = new Map<WorkspaceId, Share>();
  return {
    enter: async (workspace, weight) => {
      const cost = Math.min(room.most, costOf(weight));
      if (cost === 0) return () => undefined;
      const share = shares.get(workspace) ?? createShare(room);
      shares.set(workspace, share);
      const leave = await share.enter(cost);
      return (
        leave &&
        (() => {
          leave();
          if (share.isEmpty()) shares.delete(workspace);
        })
      );
    },
    itemsAtOnce: (weight) =>
      Math.max(1, Math.floor((room.most * weight.items) / Math.max(1, costOf(weight)))),
  };
}

type Share = Readonly<{
  enter: (cost: number) => Promise<Release | undefined>;
  isEmpty: () => boolean;
}>;

type Waiting = Readonly<{ cost: number; begin: () => void }>;

function createShare({ most, waitMs }: Room): Share {
  const waiting = new Set<Waiting>();
  let taken = 0;
  const fill = (): void => {
    for (const first of waiting) {
      if (taken + first.cost > most) return;
      waiting.delete(first);
      taken += first.cost;
      first.begin();
    }
  };
  const leave = (cost: number): void => {
    taken -= cost;
    fill();
  };
  return {
    isEmpty: () => taken === 0,
    enter: (cost) =>
      new Promise((resolve) => {
        const place = {
          cost,
          begin: () => {
            clearTimeout(timer);
            resolve(() => {
              leave(cost);
            });
          },
        };
        const timer = setTimeout(() => {
          waiting.delete(place);
          resolve(undefined);
          fill();
        }, waitMs);
        waiting.add(place);
        fill();
      }),
  };
}
