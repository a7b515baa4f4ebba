import type { Fault } from '../../domain-error';
import { publishedName } from '../../events/published-name';
import type { Journey } from '../journey';
import { namesHeardBy } from '../steps/kinds';

/**
 * Warns of events by a name that Segment does not publish any more. A list that holds the published
 * name as well is fine, since events of our own API keep the older name.
 */
export function olderNames({ entry, exits = [], steps }: Journey): readonly Fault[] {
  return [
    ...olderAmong(entry.events ?? [], '/entry/events'),
    ...exits.flatMap(({ events }, index) => olderAmong(events, `/exits/${index}/events`)),
    ...steps.flatMap((step, index) => olderAmong(namesHeardBy(step), `/steps/${index}`)),
  ];
}

function olderAmong(names: readonly string[], pointer: string): readonly Fault[] {
  return names.flatMap((name) => {
    const published = publishedName(name);
    return names.includes(published)
      ? []
      : [{ pointer, code: 'older-name', detail: detailOf(name) }];
  });
}

function detailOf(name: string): string {
  return `"${name}" comes in as "${publishedName(name)}" from Segment's clients; listen for that name, too`;
}
