import { z } from 'zod';
import type { ContactRef } from '../journeys/contact';
import { isJsonObject, type Json, type JsonObject } from '../journeys/json';

const identifier = z.union([z.string().max(200), z.number()]).nullish();
const object = z
  .custom<JsonObject>((value) => isJsonObject(value as Json), { error: 'is not a JSON object' })
  .meta({ type: 'object', additionalProperties: true });
const timestamp = z.string().max(64).nullish();

const every = {
  userId: identifier,
  anonymousId: identifier,
  messageId: z.string().max(200).nullish(),
  timestamp,
  originalTimestamp: timestamp,
  sentAt: timestamp,
};

const trackMessage = z.object({
  ...every,
  type: z.literal('track'),
  event: z.string().min(1).max(100),
  properties: object.nullish(),
});
const identifyMessage = z.object({
  ...every,
  type: z.literal('identify'),
  traits: object.nullish(),
});
const viewMessage = <Type extends 'page' | 'screen'>(type: Type) =>
  z.object({
    ...every,
    type: z.literal(type),
    name: z.string().nullish(),
    category: z.string().nullish(),
    properties: object.nullish(),
  });
const groupMessage = z.object({
  ...every,
  type: z.literal('group'),
  groupId: identifier,
  traits: object.nullish(),
});
const aliasMessage = z.object({ ...every, type: z.literal('alias'), previousId: identifier });

/** The messages by type. What they hold beyond these fields is ignored. */
export const segmentMessages = {
  track: trackMessage,
  identify: identifyMessage,
  page: viewMessage('page'),
  screen: viewMessage('screen'),
  group: groupMessage,
  alias: aliasMessage,
} as const;

/**
 * One message of the Segment HTTP Tracking API (https://segment.com/docs/connections/sources/catalog/libraries/server/http-api/).
 */
export const segmentMessage = z
  .discriminatedUnion('type', [
    segmentMessages.track,
    segmentMessages.identify,
    segmentMessages.page,
    segmentMessages.screen,
    segmentMessages.group,
    segmentMessages.alias,
  ])
  .refine((message) => Object.keys(identityOf(message)).length > 0, {
    error: 'names nobody; give "userId" or "anonymousId"',
  });
export type SegmentMessage = z.output<typeof segmentMessage>;

type Identifiers = Readonly<{
  userId?: string | number | null | undefined;
  anonymousId?: string | number | null | undefined;
}>;

/** Whom a message is about. Traits are no identity: anybody may write an address into them. */
export function identityOf({ userId, anonymousId }: Identifiers): ContactRef {
  return {
    ...(isGiven(userId) && { userId: String(userId) }),
    ...(isGiven(anonymousId) && { anonymousId: String(anonymousId) }),
  };
}

function isGiven(id: string | number | null | undefined): id is string | number {
  return id !== undefined && id !== null && id !== '';
}
