import type { Instant } from '../journeys/clock';
import type { ContactChange, ContactRef } from '../journeys/contact';
import { instantOf } from '../journeys/instant-of';
import type { Json, JsonObject } from '../journeys/json';
import { contactChangeInput } from '../journeys/schema';
import { contactChangeOf, type ClientClock } from './contact-change';
import { identityOf, type SegmentMessage } from './segment-message';

/** What a Segment message means here: an event as the intake takes it, or a change to a contact. */
export type SegmentMeaning =
  | Readonly<{ kind: 'event'; event: SegmentEvent }>
  | Readonly<{ kind: 'contact'; contact: ContactRef; change: ContactChange }>;

export type SegmentEvent = Readonly<{
  id?: string;
  name: string;
  contact: ContactRef;
  occurredAt?: Instant;
  properties: JsonObject;
  source: string;
}>;

/**
 * What a message means. `messageId` becomes the id of the event; the client's clock is corrected by `sentAt`, as Segment does.
 * `identify` changes the contact only; `page`, `screen`, `group` and `alias` are events of a fixed name.
 */
export function meaningOf(
  message: SegmentMessage,
  clock: ClientClock & Readonly<{ receivedAt: Instant }>,
): SegmentMeaning {
  const contact = identityOf(message);
  const occurredAt = occurredAtOf(message, clock);
  if (message.type === 'identify') {
    const change = changeOf(message.traits ?? {}, {
      ...clock,
      now: occurredAt ?? clock.receivedAt,
    });
    return { kind: 'contact', contact, change };
  }
  const { messageId } = message;
  return {
    kind: 'event',
    event: {
      ...(messageId && { id: messageId }),
      ...happeningOf(message),
      contact,
      ...(occurredAt !== undefined && { occurredAt }),
      source: 'segment',
    },
  };
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

/** Never later than the receipt: what is sent has happened. */
function occurredAtOf(
  message: SegmentMessage,
  { receivedAt, engineTimeOf }: ClientClock & Readonly<{ receivedAt: Instant }>,
): Instant | undefined {
  const happened = givenInstant(message.originalTimestamp ?? message.timestamp);
  if (happened === undefined) return undefined;
  const sent = givenInstant(message.sentAt);
  if (sent === undefined) return engineTimeOf(happened);
  const age = Math.max(0, engineTimeOf(sent) - engineTimeOf(happened));
  return receivedAt - age;
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
