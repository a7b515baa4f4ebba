import { refreshes, type Journey } from './journey';
import { namesHeardBy } from './steps/kinds';

/** The events that a part of a journey hears; `pointer` leads to the part. */
export type Heard = Readonly<{ names: readonly string[]; pointer: string; subject: string }>;

/** Each part that is told of events: exits, waits, and an entry that refreshes. */
export function partsThatHear({ entry, exits = [], steps }: Journey): readonly Heard[] {
  return [
    ...exits.map(({ events: names, as }, index) => ({
      names,
      pointer: `/exits/${index}/events`,
      subject: `Exit "${as}"`,
    })),
    ...steps.map((step, index) => ({
      names: namesHeardBy(step),
      pointer: `/steps/${index}`,
      subject: `Step "${step.id}"`,
    })),
    ...(refreshes(entry)
      ? [{ names: entry.events ?? [], pointer: '/entry/events', subject: 'The entry' }]
      : []),
  ];
}

/** The names that its enrollments are told of, each once and in order. */
export function listensOf(journey: Journey): readonly string[] {
  return [...new Set(partsThatHear(journey).flatMap(({ names }) => names))].sort();
}
