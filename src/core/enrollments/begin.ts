import type { CompiledJourney } from '../journeys/compiled-journey';
import type { EntryFacts, Progress } from './progress';
import { goTo } from './walk';

/**
 * Begins an enrollment at the event time of its entry. It rests on the first step that takes time.
 */
export function begin(
  journey: CompiledJourney,
  { entry, firstEntryAt, openedAt }: EntryFacts,
): Progress {
  const way = {
    entry,
    firstEntryAt,
    openedAt,
    visits: {},
    heard: [],
    notes: [],
    nextNote: 1,
  };
  return goTo(journey, way, journey.first, { since: firstEntryAt, at: firstEntryAt });
}
