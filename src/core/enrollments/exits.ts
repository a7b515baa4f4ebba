import type { CompiledExit, CompiledJourney } from '../journeys/compiled-journey';
import type { Instant } from '../time/clock';
import { occurrenceFactsOf } from '../conditions/facts';
import { holds } from '../conditions/holds';
import { isNewerThan } from '../events/newer';
import type { EventKey } from '../ids';
import type { JsonObject } from '../json/json';
import type { EntryFacts } from './progress';

type Occurred = Readonly<{
  key: EventKey;
  name: string;
  occurredAt: Instant;
  receivedAt: Instant;
  properties: JsonObject;
}>;

/**
 * The exit that an event means for an enrollment, if any. Routing, settling, the workflow and the
 * send gate all ask this one function. An event that is part of the entry ends nothing, whatever it
 * is called.
 */
export function exitOf(
  journey: CompiledJourney,
  open: EntryFacts,
  event: Occurred,
): CompiledExit | undefined {
  if (isPartOfEntry(journey, open, event)) return undefined;
  return journey.exits.find((exit) => {
    if (!exit.events.includes(event.name) || !counts(exit, open, event)) return false;
    return (
      exit.when === undefined ||
      holds(exit.when, {
        event: occurrenceFactsOf(event),
        entry: occurrenceFactsOf(open.entry),
      })
    );
  });
}

/** The first of some events that is an exit, in their order, with that exit. */
export function exitAmong<Some extends Occurred>(
  journey: CompiledJourney,
  open: EntryFacts,
  events: readonly Some[],
): Readonly<{ exit: CompiledExit; event: Some }> | undefined {
  for (const event of events) {
    const exit = exitOf(journey, open, event);
    if (exit) return { exit, event };
  }
  return undefined;
}

/**
 * True of the events that opened the enrollment or refreshed it. Entry events are one series: an
 * overtaken one says nothing more.
 */
function isPartOfEntry(
  journey: CompiledJourney,
  { entry, enteredBy }: EntryFacts,
  event: Occurred,
): boolean {
  if (event.key === enteredBy || event.key === entry.event) return true;
  return journey.entry.events.includes(event.name) && !isNewerThan(event, entry);
}

/**
 * An event counts whenever it arrives. It happened not before the first entry, or it was received
 * since the opening less the exit's look-back, so an order that overtakes its own cart still wins.
 */
function counts(exit: CompiledExit, open: EntryFacts, event: Occurred): boolean {
  return (
    event.occurredAt >= open.firstEntryAt || event.receivedAt >= open.openedAt - exit.lookBackMs
  );
}

/** The names of all events that can end an enrollment of this journey. */
export function exitNamesOf(journey: CompiledJourney): readonly string[] {
  return [...new Set(journey.exits.flatMap(({ events }) => events))];
}
