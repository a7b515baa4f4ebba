import type { CompiledJourney } from './compiled-journey';
import type { Openness, Progress } from './progress';
import { enter } from './walk';

/** The progress of a new enrollment: it stands on the first step that takes time, counted from the entry's event time. */
export function begin(
  journey: CompiledJourney,
  { entry, firstEntryAt, openedAt }: Openness,
): Progress {
  const fresh: Progress = {
    entry,
    firstEntryAt,
    openedAt,
    position: { kind: 'ended', as: '', because: 'completed', at: firstEntryAt, closed: false },
    visits: {},
    heard: [],
    notes: [],
    nextNote: 1,
  };
  return enter(journey, fresh, journey.first, firstEntryAt);
}
