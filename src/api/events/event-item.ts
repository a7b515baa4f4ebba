import type { z } from 'zod';
import type { Intake, Accept } from '../../intake/intake';
import { groupBy } from '../../core/group-by';
import { dangerIn, read, type Read } from '../http/problems/faults';
import { pointerTo } from '../http/problems/pointer';

export const eventLimitBytes = 32 * 1024;

/**
 * Checks an item of a list: it is harmless, small and fits its schema. The shell has left it out of
 * its walk.
 */
export function readItem<Schema extends z.ZodType>(
  schema: Schema,
  item: unknown,
  at: readonly PropertyKey[],
): Read<z.output<Schema>> {
  const danger = dangerIn(item, at);
  return danger.length > 0 ? { kind: 'faulty', faults: danger } : readWalked(schema, item, at);
}

/** Checks that an event is not too large and fits its schema. The shell has walked it. */
export function readWalked<Schema extends z.ZodType>(
  schema: Schema,
  item: unknown,
  at: readonly PropertyKey[] = [],
): Read<z.output<Schema>> {
  const bytes = Buffer.byteLength(JSON.stringify(item));
  if (bytes <= eventLimitBytes) return read(schema, item, at);
  const detail = `The event has ${bytes} bytes, the limit is ${eventLimitBytes}; send less of it`;
  return { kind: 'faulty', faults: [{ pointer: pointerTo(at), code: 'too-large', detail }] };
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
