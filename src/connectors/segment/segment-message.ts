import { z } from 'zod';
import type { ContactRef } from '../../core/contacts/contact';
import { personIdOf } from '../../core/contacts/person-id';
import { jsonObject as object } from '../../core/json/json.schema';

const identifier = z.union([z.string().max(200), z.number()]).nullish();
/** A stamp in any form: the receipt stands for what names no instant. */
const timestamp = z.unknown().optional().meta({ description: 'ISO 8601, or an epoch' });

const every = {
  userId: identifier,
  anonymousId: identifier,
  messageId: z.string().max(200).nullish(),
  timestamp,
  originalTimestamp: timestamp,
  sentAt: timestamp,
  receivedAt: timestamp,
};

const view = { ...every, name: z.string().nullish(), category: z.string().nullish() };

const anyObject = { type: 'object', additionalProperties: true } as const;

/** RudderStack's browser client writes traits here; whatever else it is, it is ignored. */
const withTraits = z
  .object({ traits: object.nullish().catch(undefined).meta(anyObject) })
  .nullish()
  .catch(undefined)
  .meta(anyObject);

/** The messages by type. Other fields are ignored. */
export const segmentMessages = {
  track: z.object({
    ...every,
    event: z.string().min(1).max(100),
    properties: object.nullish(),
  }),
  identify: z.object({ ...every, traits: object.nullish(), context: withTraits }),
  page: z.object({ ...view, properties: object.nullish() }),
  screen: z.object({ ...view, properties: object.nullish() }),
  group: z.object({ ...every, groupId: identifier, traits: object.nullish() }),
  alias: z.object({ ...every, previousId: identifier }),
} as const;

const { track, identify, page, screen, group, alias } = segmentMessages;

/**
 * A message of the Segment HTTP Tracking API
 * (https://segment.com/docs/connections/sources/catalog/libraries/server/http-api/).
 */
export const segmentMessage = z
  .discriminatedUnion('type', [
    track.extend({ type: z.literal('track') }),
    identify.extend({ type: z.literal('identify') }),
    page.extend({ type: z.literal('page') }),
    screen.extend({ type: z.literal('screen') }),
    group.extend({ type: z.literal('group') }),
    alias.extend({ type: z.literal('alias') }),
  ])
  .refine(({ userId, anonymousId }) => isGiven(userId) || isGiven(anonymousId), {
    error: 'names nobody; give "userId" or "anonymousId"',
  });
/** A message of a Segment client that has been checked. */
export type SegmentMessage = z.output<typeof segmentMessage>;

type Identifier = string | number | null | undefined;

type Identifiers = Readonly<{ userId?: Identifier; anonymousId?: Identifier }>;

/**
 * Whom a message is about. Texts that stand for nobody are left out, so that it may be empty.
 * Traits are no identity: anybody may write an address into them.
 */
export function identityOf(identifiers: Identifiers): ContactRef {
  const [userId, anonymousId] = [
    personIdOf(identifiers.userId ?? null),
    personIdOf(identifiers.anonymousId ?? null),
  ];
  return {
    ...(userId !== undefined && { userId }),
    ...(anonymousId !== undefined && { anonymousId }),
  };
}

/** True of an id that the client has written, whatever it says. */
export function isGiven(id: Identifier): boolean {
  return id !== undefined && id !== null && String(id).trim() !== '';
}
