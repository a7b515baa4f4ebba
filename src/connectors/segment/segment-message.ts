import { z } from 'zod';
import type { ContactRef } from '../../core/contacts/contact';
import { walkedJsonObject as object } from '../../core/json/json.schema';

const identifier = z.union([z.string().max(200), z.number()]).nullish();
const timestamp = z.string().max(64).nullish();

const every = {
  userId: identifier,
  anonymousId: identifier,
  messageId: z.string().max(200).nullish(),
  timestamp,
  originalTimestamp: timestamp,
  sentAt: timestamp,
};

const view = { ...every, name: z.string().nullish(), category: z.string().nullish() };

/** The messages by type. Other fields are ignored. */
export const segmentMessages = {
  track: z.object({
    ...every,
    event: z.string().min(1).max(100),
    properties: object.nullish(),
  }),
  identify: z.object({ ...every, traits: object.nullish() }),
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
  .refine((message) => Object.keys(identityOf(message)).length > 0, {
    error: 'names nobody; give "userId" or "anonymousId"',
  });
/** A message of a Segment client that has been checked. */
export type SegmentMessage = z.output<typeof segmentMessage>;

type Identifiers = Readonly<{
  userId?: string | number | null | undefined;
  anonymousId?: string | number | null | undefined;
}>;

/** Whom a message is about. Traits are no identity: anybody may write an address into them. */
export function identityOf(identifiers: Identifiers): ContactRef {
  const [userId, anonymousId] = [idOf(identifiers.userId), idOf(identifiers.anonymousId)];
  return {
    ...(userId !== undefined && { userId }),
    ...(anonymousId !== undefined && { anonymousId }),
  };
}

/** An id as it is compared; clients write numbers, and nothing in several ways. */
export function idOf(id: string | number | null | undefined): string | undefined {
  return id === undefined || id === null || id === '' ? undefined : String(id);
}
