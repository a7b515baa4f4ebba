import { z } from 'zod';
import type { Instant } from '../../src/core/time/clock';
import type { ApiClient } from '../api-client';
import { shopperNames, type Shopper } from './shoppers';

const instant = z.iso.datetime().transform((text): Instant => Date.parse(text));
const listOf = <Item extends z.ZodType>(item: Item) => z.object({ data: z.array(item) });

const enrollments = listOf(
  z.object({
    id: z.string(),
    journey: z.string(),
    contactId: z.string(),
    ended: z.object({ as: z.string(), because: z.string(), at: instant }).optional(),
  }),
);
const refusals = listOf(
  z.object({ at: instant, journey: z.string(), contact: z.string(), reason: z.string() }),
);
const decisions = listOf(
  z.object({
    at: instant,
    kind: z.string(),
    step: z.string().optional(),
    because: z.string().optional(),
    facts: z.record(z.string(), z.json()).default({}),
    event: z.string().optional(),
    message: z.string().optional(),
  }),
);
const eventName = z.object({ name: z.string() });
const messages = listOf(
  z.object({
    id: z.string(),
    enrollment: z.string(),
    step: z.string(),
    purpose: z.string(),
    providerId: z.string().optional(),
    at: instant,
  }),
);

export type Refused = Readonly<{ shopper: Shopper; journey: string; reason: string; at: Instant }>;
export type Enrolled = Readonly<{
  id: string;
  shopper: Shopper;
  journey: string;
  ended?: Readonly<{ as: string; because: string; at: Instant }> | undefined;
}>;
export type Decided = z.output<typeof decisions>['data'][number];
export type Sent = z.output<typeof messages>['data'][number];

/** What the engine says of the play, asked over HTTP as a user asks. */
export type EngineRecord = Readonly<{
  /** In the order of their start. */
  enrollments: () => Promise<readonly Enrolled[]>;
  refusals: () => Promise<readonly Refused[]>;
  timeline: (enrollment: string) => Promise<readonly Decided[]>;
  messages: () => Promise<readonly Sent[]>;
  eventName: (key: string) => Promise<string>;
}>;

export function readRecord({ get }: ApiClient): EngineRecord {
  const shopperOf = shopperNaming(get);
  return {
    enrollments: async () => {
      const { data } = await get('/v1/enrollments?limit=200', enrollments);
      const named = data.map(async ({ id, journey, contactId, ended }) => ({
        id,
        journey,
        ended,
        shopper: await shopperOf(contactId),
      }));
      return (await Promise.all(named)).reverse();
    },
    refusals: async () => {
      const { data } = await get('/v1/refusals?limit=200', refusals);
      const named = data.map(async ({ contact, journey, reason, at }) => ({
        journey,
        reason,
        at,
        shopper: await shopperOf(contact),
      }));
      return (await Promise.all(named)).reverse();
    },
    timeline: async (enrollment) =>
      (await get(`/v1/enrollments/${enrollment}/timeline`, decisions)).data,
    messages: async () => (await get('/v1/messages?limit=200', messages)).data,
    eventName: async (key) => (await get(`/v1/events/${key}`, eventName)).name,
  };
}

/** A contact never changes its name in the play, so that each is asked for once. */
function shopperNaming(get: ApiClient['get']): (contact: string) => Promise<Shopper> {
  const contactSchema = z.object({ userId: z.enum(shopperNames) });
  const known = new Map<string, Shopper>();
  return async (contact) => {
    const name = known.get(contact) ?? (await get(`/v1/contacts/${contact}`, contactSchema)).userId;
    known.set(contact, name);
    return name;
  };
}
