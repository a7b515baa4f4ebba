import pLimit from 'p-limit';
import type { z } from 'zod';
import type { Intake, Accept } from '../../intake/intake';
import { groupBy } from '../../core/group-by';
import { dangerIn, read, type Read } from '../http/problems/faults';

/** Checks an item of a list, which the shell has left out of its walk. */
export function readItem<Schema extends z.ZodType>(
  schema: Schema,
  item: unknown,
  at: readonly PropertyKey[],
): Read<z.output<Schema>> {
  const danger = dangerIn(item, at);
  return danger.length > 0 ? { kind: 'faulty', faults: danger } : read(schema, item, at);
}

type Lanes<Item, Result> = Readonly<{
  /** Items of one lane keep their order. */
  laneOf: (item: Item) => string;
  /** An item that is more than an event is under way alone. */
  isMore?: (item: Item) => boolean;
  work: (item: Item, accept: Accept) => Promise<Result>;
  /** The most items under way together. They begin in the order of their lanes. */
  itemsAtOnce: number;
  intake: Pick<Intake, 'batch'>;
}>;

/**
 * Does the work on all lanes side by side. The intake settles together what it accepts from one
 * lane, and keeps the order of its events. Rejects as the first that fails.
 */
export async function inLanes<Item, Result>(
  items: readonly Item[],
  { laneOf, isMore = () => false, work, itemsAtOnce, intake }: Lanes<Item, Result>,
): Promise<readonly Result[]> {
  const results: Result[] = [];
  const limit = pLimit(itemsAtOnce);
  const lanes = groupBy(items.entries(), ([, item]) => laneOf(item));
  const travel = (lane: readonly (readonly [place: number, item: Item])[]) =>
    intake.batch(async (accept) => {
      const underWay: Promise<void>[] = [];
      for (const [place, item] of lane) {
        const isApart = isMore(item);
        if (isApart) await allOf(underWay.splice(0));
        underWay.push(
          limit(() => work(item, accept)).then((result) => {
            results[place] = result;
          }),
        );
        if (isApart) await allOf(underWay.splice(0));
      }
      await allOf(underWay);
    });
  await Promise.all([...lanes.values()].map(travel));
  return results;
}

/** Ends when all have ended. Rejects as the first of them that has failed. */
async function allOf(works: readonly Promise<void>[]): Promise<void> {
  await Promise.allSettled(works);
  await Promise.all(works);
}
