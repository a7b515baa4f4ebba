import type { z } from 'zod';
import { dangerIn, read, type Read } from './faults';
import { pointerTo } from './pointer';

export const eventLimitBytes = 32 * 1024;

/** Checks one event of a body: that it is harmless, not too large, and fits its schema. */
export function readItem<Schema extends z.ZodType>(
  schema: Schema,
  item: unknown,
  at: readonly PropertyKey[] = [],
): Read<z.output<Schema>> {
  const danger = dangerIn(item, at);
  if (danger.length > 0) return { kind: 'faulty', faults: danger };
  const bytes = Buffer.byteLength(JSON.stringify(item));
  if (bytes <= eventLimitBytes) return read(schema, item, at);
  const detail = `The event has ${bytes} bytes, the limit is ${eventLimitBytes}; send less of it`;
  return { kind: 'faulty', faults: [{ pointer: pointerTo(at), code: 'too-large', detail }] };
}

/** Does the work on all items at once, but on those of one lane in their order. Rejects as the first that fails. */
export function inLanes<Item, Result>(
  items: readonly Item[],
  laneOf: (item: Item) => string,
  work: (item: Item) => Promise<Result>,
): Promise<readonly Result[]> {
  const lanes = new Map<string, Promise<unknown>>();
  const results = items.map((item) => {
    const lane = laneOf(item);
    const result = (lanes.get(lane) ?? Promise.resolve()).then(() => work(item));
    lanes.set(lane, result);
    return result;
  });
  return Promise.all(results);
}
