import { reportKinds } from '../events/message-event';
import type { JsonObject } from '../json/json';
import { hasLeft, type Message } from './message';

/**
 * A message as conditions see it. Its status is `sent` whatever is reported later: each report has
 * a field of its own, such as `opened`, which is true or absent.
 */
export function messageFactsOf(message: Message): JsonObject {
  const reported = reportKinds.filter((kind) => message[`${kind}At`] !== undefined);
  return {
    status: hasLeft(message.status) ? 'sent' : message.status,
    ...Object.fromEntries(reported.map((kind) => [kind, true])),
  };
}
