import { assertNever } from '../../core/assert-never';
import type { Instant } from '../../core/time/clock';
import { isNobody, personIdOf } from '../../core/contacts/person-id';
import { namesNobody } from '../../core/decisions/reasons';
import { textOf } from '../../core/json/id-of';
import type { Json, JsonObject } from '../../core/json/json';
import type { Meaning, MeantEvent } from '../connector';
import { readStamp } from '../read-stamp';
import { timingOf, type ClientStamps, type Reception, type Timing } from '../occurred-at';
import { publishedName } from '../../core/events/published-name';
import { segmentChangeOf } from './segment-change';
import { identityOf, isGiven, type SegmentMessage } from './segment-message';

/**
 * Says what a Segment message means. `messageId` becomes the id of the event; `sentAt` corrects the
 * client's clock, as Segment does. `identify` changes the contact only, and is an event where its
 * ids stand for nobody. `track` bears the published name of its event. `page`, `screen`, `group`
 * and `alias` are events of a fixed name, and `alias` says before its event that `previousId` is
 * the same person.
 */
export function segmentMeanings(message: SegmentMessage, reception: Reception): readonly Meaning[] {
  const contact = identityOf(message);
  const timing = timingOf(stampsOf(message), reception);
  if (message.type === 'identify' && !isNobody(contact)) {
    const times = { ...reception, madeAt: madeAt(timing, reception) };
    const places = { own: message.traits, context: message.context?.traits };
    const change = segmentChangeOf(places, times);
    return [{ kind: 'contact', contact, change }];
  }
  const id = textOf(message.messageId ?? '');
  const event: MeantEvent = {
    ...(id !== undefined && { id }),
    ...happeningOf(message),
    contact,
    ...timing,
    source: 'segment',
  };
  if (message.type !== 'alias' || !isGiven(message.previousId)) return [{ kind: 'event', event }];
  const previousId = previousIdIn(message);
  if (previousId === undefined) return [{ kind: 'event', event, refused: namesNobody }];
  return [
    { kind: 'alias', contact, previousId },
    { kind: 'event', event },
  ];
}

/** The other id of an alias. Undefined where an id of the message stands for nobody. */
function previousIdIn({
  userId,
  anonymousId,
  previousId,
}: Extract<SegmentMessage, { type: 'alias' }>): string | undefined {
  const isNobody = [userId, anonymousId].some(
    (id) => isGiven(id) && personIdOf(id ?? null) === undefined,
  );
  return isNobody ? undefined : personIdOf(previousId ?? null);
}

function happeningOf(message: SegmentMessage): Pick<MeantEvent, 'name' | 'properties'> {
  switch (message.type) {
    case 'identify':
      return { name: 'Contact Identified', properties: {} };
    case 'track':
      return { name: publishedName(message.event), properties: message.properties ?? {} };
    case 'page':
      return { name: 'Page Viewed', properties: viewOf(message) };
    case 'screen':
      return { name: 'Screen Viewed', properties: viewOf(message) };
    case 'group': {
      const { groupId, traits } = message;
      return { name: 'Group Joined', properties: { ...traits, ...given({ groupId }) } };
    }
    case 'alias': {
      const { previousId } = message;
      return { name: 'Alias Created', properties: given({ previousId }) };
    }
    default:
      return assertNever(message);
  }
}

function viewOf({
  name,
  category,
  properties,
}: Extract<SegmentMessage, { type: 'page' | 'screen' }>): JsonObject {
  return { ...properties, ...given({ name, category }) };
}

function given(fields: Readonly<Record<string, Json | undefined>>): JsonObject {
  const present = Object.entries(fields).filter(
    (pair): pair is [string, Json] => pair[1] !== undefined && pair[1] !== null,
  );
  return Object.fromEntries(present);
}

/** A server that forwards what it received has corrected `timestamp` already. */
function stampsOf(message: SegmentMessage): ClientStamps {
  const { originalTimestamp, timestamp, sentAt, receivedAt } = message;
  const isForwarded = readStamp(receivedAt).ms !== undefined;
  const forwarded = isForwarded ? readStamp(timestamp).ms : undefined;
  if (forwarded !== undefined) return { happened: forwarded };
  const { ms: happened, unreadable } = readStamp(originalTimestamp ?? timestamp);
  return { happened, unreadable, sent: readStamp(sentAt).ms };
}

/** Takes the receipt for a time that cannot be meant: no withdrawal may be lost. */
function madeAt(
  { occurredAt, unrouted }: Timing,
  { engineTimeOf, receivedAt }: Reception,
): Instant {
  return unrouted || occurredAt === undefined ? engineTimeOf(receivedAt) : occurredAt;
}
