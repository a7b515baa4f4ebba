import type { Fault } from '../../domain-error';
import { messageEventIn, messageEventOf, reportKinds } from '../../events/message-event';
import { quoted } from '../../quoted';
import type { Journey } from '../journey';
import { namesHeardBy } from '../steps/kinds';
import { sendsMessage } from './check-uses';

/**
 * Finds names of reports on messages where no report is heard. A report reaches the waits of its
 * own enrollment alone.
 */
export function checkMessageEvents({ entry, exits = [], steps }: Journey): readonly Fault[] {
  const sends = steps.filter(sendsMessage).map(({ id }) => id);
  return [
    ...outsideOfWaits(entry.events ?? [], '/entry/events'),
    ...exits.flatMap(({ events }, index) => outsideOfWaits(events, `/exits/${index}/events`)),
    ...steps.flatMap((step, index) => unheard(namesHeardBy(step), `/steps/${index}`, sends)),
  ];
}

function outsideOfWaits(names: readonly string[], pointer: string): readonly Fault[] {
  return names.filter(messageEventIn).map((name) => ({
    pointer,
    code: 'report-outside-of-wait',
    detail: `"${name}" is a report on a message, which only a step of kind "waitFor" hears; wait for it there`,
  }));
}

function unheard(
  names: readonly string[],
  pointer: string,
  sends: readonly string[],
): readonly Fault[] {
  const known = sends.flatMap((step) => reportKinds.map((kind) => messageEventOf(step, kind)));
  const remedy =
    sends.length === 0
      ? 'this journey sends nothing'
      : `write one of the send steps ${quoted(sends)} with one of ${quoted(reportKinds)}`;
  return names
    .filter((name) => messageEventIn(name) && !known.includes(name))
    .map((name) => ({
      pointer,
      code: 'unknown-report',
      detail: `"${name}" is no report on a message of this journey; ${remedy}`,
    }));
}
