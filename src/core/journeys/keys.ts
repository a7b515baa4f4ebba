import { factAt } from '../conditions/fact-at';
import { couldHold } from '../conditions/could-hold';
import { occurrenceFactsOf } from '../conditions/facts';
import type { FactPath } from '../conditions/condition';
import type { Event } from '../events/event';
import { idOf } from '../json/id-of';
import type { JsonObject } from '../json/json';
import type { CompiledExit, CompiledJourney } from './compiled-journey';

/** The most keys of an enrollment, and of an event. */
export const mostKeys = 20;

const longestId = 200;

/**
 * The keys that some paths find in an event. A key is a path with its id, such as
 * `properties.cart_id=4711`, so that the cart 4711 is not the order 4711. Blank values and ids of
 * more than 200 characters are none.
 */
export function keysIn(
  paths: readonly FactPath[],
  { properties }: Readonly<{ properties: JsonObject }>,
): readonly string[] {
  const keys = paths.flatMap((path) => {
    const id = idOf(factAt({ properties }, path));
    return id === undefined || id.length > longestId ? [] : [`${path}=${id}`];
  });
  return [...new Set(keys)].slice(0, mostKeys);
}

/** The keys that an entry event gives its enrollment. None where no exit of the journey has one. */
export function entryKeysOf(
  { entry, exits }: CompiledJourney,
  event: Readonly<{ properties: JsonObject }>,
): readonly string[] {
  return exits.some(({ key }) => key) ? keysIn(entry.key, event) : [];
}

/** The keys by which an event is found. None where it can be the keyed exit of no journey. */
export function exitKeysOf(
  journeys: readonly CompiledJourney[],
  event: Pick<Event, 'name' | 'occurredAt' | 'properties'>,
): readonly string[] {
  const exits = journeys.flatMap((journey) => journey.exits);
  const paths = exits.filter((exit) => mayEndBy(exit, event)).flatMap(({ key = [] }) => key);
  return keysIn([...new Set(paths)], event);
}

function mayEndBy(
  { events, when }: CompiledExit,
  event: Pick<Event, 'name' | 'occurredAt' | 'properties'>,
): boolean {
  if (!events.includes(event.name)) return false;
  return when === undefined || couldHold(when, { event: occurrenceFactsOf(event) });
}
