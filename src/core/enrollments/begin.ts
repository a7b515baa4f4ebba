import type { CompiledJourney } from '../journeys/compiled-journey';
import type { Openness, Progress } from './progress';
import { enter } from './walk';

/** The progress of a new enrollment: it stands on the first step that takes time, counted from the entry's event time. */
export function begin(
  journey: CompiledJourney,
  { entry, firstEntryAt, openedAt }: Openness,
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
  return enter(journey, way, journey.first, { since: firstEntryAt, at: firstEntryAt });
}
