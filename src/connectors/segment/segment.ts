import type { Instant } from '../../core/time/clock';
import type { ContactChange, ContactRef } from '../../core/contacts/contact';
import { instantOf } from '../../core/time/instant-of';
import type { Json, JsonObject } from '../../core/json/json';
import { contactChangeInput } from '../../core/contacts/contact.schema';
import { contactChangeOf, type ClientClock } from '../contact-change';
import { timingOf, type ClientStamps, type Reception, type Timing } from '../occurred-at';
import { idOf, identityOf, type SegmentMessage } from './segment-message';

/** What a Segment message means here: an event as the intake takes it, a change to a contact, or that two are one. */
export type SegmentMeaning =
  | Readonly<{ kind: 'event'; event: SegmentEvent }>
  | Readonly<{ kind: 'alias'; previousId: string; event: SegmentEvent }>
  | Readonly<{ kind: 'contact'; contact: ContactRef; change: ContactChange }>;

export type SegmentEvent = Readonly<{
  id?: string;
  name: string;
  contact: ContactRef;
  properties: JsonObject;
  source: string;
}> &
  Timing;

/**
 * What a message means. `messageId` becomes the id of the event; the client's clock is corrected by `sentAt`, as Segment does.
 * `identify` changes the contact only; `page`, `screen`, `group` and `alias` are events of a fixed name, and `alias` says before
 * its event that `previousId` is the same person.
 */
export function meaningOf(message: SegmentMessage, reception: Reception): SegmentMeaning {
  const contact = identityOf(message);
  const timing = timingOf(stampsOf(message), reception);
  if (message.type === 'identify') {
    const { engineTimeOf } = reception;
    const now = changedAt(timing, engineTimeOf(reception.receivedAt));
    const change = changeOf(message.traits ?? {}, { engineTimeOf, now });
    return { kind: 'contact', contact, change };
  }
  const { messageId } = message;
  const event: SegmentEvent = {
    ...(messageId && { id: messageId }),
    ...happeningOf(message),
    contact,
    ...timing,
    source: 'segment',
  };
  const previousId = message.type === 'alias' ? idOf(message.previousId) : undefined;
  return previousId === undefined ? { kind: 'event', event } : { kind: 'alias', previousId, event };
}

function happeningOf(
  message: Exclude<SegmentMessage, { type: 'identify' }>,
): Pick<SegmentEvent, 'name' | 'properties'> {
  switch (message.type) {
    case 'track':
      return { name: message.event, properties: message.properties ?? {} };
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

function stampsOf({ originalTimestamp, timestamp, sentAt }: SegmentMessage): ClientStamps {
  return { happened: givenInstant(originalTimestamp ?? timestamp), sent: givenInstant(sentAt) };
}

/** A consent of the future would outlive every later word of the same person. */
function changedAt({ occurredAt = Infinity }: Timing, receivedAt: Instant): Instant {
  return Math.min(occurredAt, receivedAt);
}

function givenInstant(text: string | null | undefined): number | undefined {
  const ms = instantOf(text ?? '');
  return Number.isNaN(ms) ? undefined : ms;
}

/** Traits that a contact has fields for; those that do not fit stay traits, since other tools are sent the same ones. */
function changeOf(
  { timezone, ...traits }: JsonObject,
  clock: ClientClock & Readonly<{ now: Instant }>,
): ContactChange {
  const { email, phone, locale, timeZone, consents } = contactChangeInput.shape;
  const named: JsonObject = { ...traits, ...given({ timeZone: traits['timeZone'] ?? timezone }) };
  const fitting = Object.entries({ email, phone, locale, timeZone, consents }).filter(
    ([name, schema]) => Object.hasOwn(named, name) && schema.safeParse(named[name]).success,
  );
  const taken = new Set(fitting.map(([name]) => name));
  const known = Object.fromEntries(fitting.map(([name]) => [name, named[name]]));
  const rest = Object.entries(named).filter(([name]) => !taken.has(name));
  return contactChangeOf(
    contactChangeInput.parse({
      ...known,
      ...(rest.length > 0 && { traits: Object.fromEntries(rest) }),
    }),
    clock,
  );
}
