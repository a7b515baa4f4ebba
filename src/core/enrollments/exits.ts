import type { CompiledExit, CompiledJourney } from '../journeys/compiled-journey';
import type { Instant } from '../time/clock';
import { occurrenceFactsOf } from '../conditions/facts';
import { holds } from '../conditions/holds';
import type { JsonObject } from '../json/json';
import type { EntryFacts } from './progress';

type Occurred = Readonly<{
  name: string;
  occurredAt: Instant;
  receivedAt: Instant;
  properties: JsonObject;
}>;

/**
 * The exit that an event means for an enrollment, if any. An event counts whenever it arrives: it
 * happened not before the first entry, or it was received since the opening less the exit's
 * look-back. So an order that overtakes its own cart still wins.
 */
export function exitOf(
  journey: CompiledJourney,
  open: EntryFacts,
  event: Occurred,
): CompiledExit | undefined {
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

function counts(exit: CompiledExit, open: EntryFacts, event: Occurred): boolean {
  return (
    event.occurredAt >= open.firstEntryAt || event.receivedAt >= open.openedAt - exit.lookBackMs
  );
}

/** The names of all events that can end an enrollment of this journey. */
export function exitNamesOf(journey: CompiledJourney): readonly string[] {
  return [...new Set(journey.exits.flatMap(({ events }) => events))];
}
