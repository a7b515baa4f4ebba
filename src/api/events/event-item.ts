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
  work: (item: Item, accept: Accept) => Promise<Result>;
  intake: Pick<Intake, 'batch'>;
}>;

/**
 * Does the work on all lanes at once. The intake settles together what it accepts from one lane.
 * Rejects as the first that fails.
 */
export async function inLanes<Item, Result>(
  items: readonly Item[],
  { laneOf, work, intake }: Lanes<Item, Result>,
): Promise<readonly Result[]> {
  const results: Result[] = [];
  const lanes = groupBy(items.entries(), ([, item]) => laneOf(item));
  const travel = (lane: readonly (readonly [place: number, item: Item])[]) =>
    intake.batch(async (accept) => {
      for (const [place, item] of lane) results[place] = await work(item, accept);
    });
  await Promise.all([...lanes.values()].map(travel));
  return results;
}
