import type { CompiledJourney } from '../journeys/compiled-journey';
import type { EntryFacts, Progress } from './progress';
import { goTo } from './walk';

/**
 * Begins an enrollment at the event time of its entry. It rests on the first step that takes time.
 */
export function begin(journey: CompiledJourney, opening: EntryFacts): Progress {
  const { firstEntryAt } = opening;
  const way = {
    ...opening,
    visits: {},
    heard: [],
    notes: [],
    nextNote: 1,
  };
  return goTo(journey, way, journey.first, { since: firstEntryAt, at: firstEntryAt });
}
