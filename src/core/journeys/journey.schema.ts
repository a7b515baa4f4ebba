import { z } from 'zod';
import type { Condition } from '../conditions/condition';
import { conditionProblemsOf } from '../conditions/condition-problems';
import { channels, purposes, type ContactRef } from '../contacts/contact';
import { stages, type Journey } from './journey';
import type { JsonObject } from '../json/json';
import { jsonProblemOf, type JsonProblem } from '../json/json-problem';
import { isZone } from '../time/zoned-time';

/** JSON knows no `undefined`. `exactOptional` says so too, but stands as required in the OpenAPI document. */
function optional<Schema extends z.ZodType>(schema: Schema): z.ZodExactOptional<Schema> {
  return schema.optional() as unknown as z.ZodExactOptional<Schema>;
}

const text = (longest: number) => z.string().min(1).max(longest);
const slug = (longest: number) =>
  z.string().regex(new RegExp(`^[a-z0-9-]{1,${longest}}$`), {
    error: `is not 1 to ${longest} of a-z, 0-9 and "-"`,
  });
const listOf = <Item extends z.ZodType>(item: Item, most: number) => z.array(item).max(most);

const eventName = text(100).meta({ examples: ['Cart Updated'] });
const eventNames = listOf(eventName, 50).min(1);
const duration = text(40).meta({ description: 'ISO 8601 duration', examples: ['PT1H', 'P2D'] });
const instant = z.iso.datetime({ offset: true, error: 'is not ISO 8601 with offset' });

const jsonObject = z
  .custom<JsonObject>(
    (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
    { error: 'is not a JSON object', abort: true },
  )
  .superRefine((value, context) => {
    const problem = jsonProblemOf(value);
    if (problem) context.addIssue(issueOf(problem));
  })
  .meta({ type: 'object', additionalProperties: true });

export const conditionSchema = z
  .custom<Condition>()
  .superRefine((value, context) => {
    for (const problem of conditionProblemsOf(value)) context.addIssue(issueOf(problem));
  })
  .meta({
    type: 'object',
    description:
      '`{ all: [condition] }`, `{ any: [condition] }`, `{ not: condition }` or `{ fact, is, to }`, at most 8 deep. ' +
      '`fact` is a dotted path below `event`, `entry`, `contact` or `message`; `to` a value or `{ fact }`.',
    examples: [
      { fact: 'event.properties.cart_id', is: 'equals', to: { fact: 'entry.properties.cart_id' } },
    ],
  });

function issueOf({ path, detail }: JsonProblem) {
  return { code: 'custom' as const, path: [...path], message: detail };
}

const factPath = z
  .string()
  .max(300)
  .regex(/^[^.\0]+([.][^.\0]+)*$/, { error: 'is not a dotted path' });

/** `constructor` is taken by every object. */
const stepId = slug(40).refine((id) => id !== 'constructor', { error: 'is a reserved name' });
const next = optional(stepId.meta({ description: 'The step to go to; by default the one below' }));

const sendStep = z.strictObject({
  kind: z.literal('send'),
  id: stepId,
  template: text(100),
  purpose: z.enum(purposes),
  channels: optional(
    listOf(z.enum(channels), 5)
      .min(1)
      .meta({ description: 'In order of preference; default ["email"]' }),
  ),
  delivery: optional(
    z.enum(['at-most-once', 'at-least-once']).meta({
      description: 'What an unanswered hand-over leads to; default at-most-once',
    }),
  ),
  next,
});

const waitStep = z.strictObject({
  kind: z.literal('wait'),
  id: stepId,
  for: duration,
  restartOn: optional(z.literal('refresh')),
  atMost: optional(duration.meta({ description: 'Exact; default PT24H' })),
  next,
});

const waitForStep = z.strictObject({
  kind: z.literal('waitFor'),
  id: stepId,
  events: listOf(
    z.strictObject({ names: eventNames, when: optional(conditionSchema), next }),
    20,
  ).min(1),
  timeout: duration,
  onTimeout: next,
  since: optional(z.enum(['previousStep', 'entry'])),
});

const branchStep = z.strictObject({
  kind: z.literal('branch'),
  id: stepId,
  cases: listOf(z.strictObject({ when: conditionSchema, next: stepId }), 20).min(1),
  otherwise: next,
});

const exitAs = slug(40).meta({ examples: ['converted', 'disqualified'] });
const exitStep = z.strictObject({ kind: z.literal('exit'), id: stepId, as: optional(exitAs) });

const entry = z.strictObject({
  events: optional(listOf(eventName, 50).meta({ description: 'None: only the API starts it' })),
  when: optional(conditionSchema),
  key: optional(
    listOf(factPath, 10).meta({
      description: 'Paths below the entry event; the first that exists is the key',
      examples: [['properties.cart_id']],
    }),
  ),
  repeat: optional(z.enum(['ignore', 'refresh'])),
  again: optional(z.union([z.enum(['never', 'afterExit']), z.strictObject({ after: duration })])),
  limit: optional(z.strictObject({ starts: z.int().min(1).max(10_000), within: duration })),
});

const exit = z.strictObject({
  events: eventNames,
  when: optional(conditionSchema),
  as: exitAs,
  lookBack: optional(duration.meta({ description: 'Exact; default PT1H' })),
});

/** The form of a journey; whether it makes sense is for `checkJourney`. */
export const journeySchema = z.strictObject({
  id: slug(64),
  name: text(200),
  stage: z.enum(stages),
  entry,
  exits: optional(listOf(exit, 50)),
  steps: listOf(
    z.discriminatedUnion('kind', [sendStep, waitStep, waitForStep, branchStep, exitStep]),
    100,
  ),
  settings: optional(
    z.strictObject({
      until: optional(duration.meta({ description: 'Greatest age of an enrollment; exact' })),
      zone: optional(text(64).meta({ examples: ['Europe/Rome'] })),
    }),
  ),
}) satisfies z.ZodType<Journey>;

const identity = text(200);
/** One plain address: no name, list, space or control character that a mail header would read. */
const email = z
  .string()
  .max(254)
  .regex(/^(?!.*\s)[!#-'*+\-./0-9=?A-Z^-~\u00a1-\uffff]+@[A-Za-z0-9.\-\u00a1-\uffff]+$/, {
    error: 'is not an e-mail address',
  });

export const contactRefSchema = z
  .strictObject({
    id: optional(identity.meta({ description: 'Our id of the contact' })),
    userId: optional(identity),
    anonymousId: optional(identity),
    email: optional(email),
    phone: optional(text(40)),
    externalIds: optional(listOf(z.strictObject({ type: text(50), id: identity }), 20).min(1)),
  })
  .refine((ref) => Object.keys(ref).length > 0, {
    error: 'names nobody; give at least one of id, userId, anonymousId, email, phone, externalIds',
  })
  .meta({
    description: 'How a client names a contact: at least one field',
  }) satisfies z.ZodType<ContactRef>;

const consent = z.union([
  z.boolean(),
  z.strictObject({ given: z.boolean(), at: optional(instant) }),
]);

/** The body of a change to a contact; an absent field stays as it is. */
export const contactChangeInput = z.strictObject({
  email: optional(email),
  phone: optional(text(40)),
  locale: optional(
    z
      .string()
      .max(35)
      .regex(/^[A-Za-z]{2,8}([-_][A-Za-z0-9]{1,8})*$/, { error: 'is not a BCP 47 language tag' }),
  ),
  timeZone: optional(
    text(64).refine(isZone, {
      error: 'is no known time zone; write an IANA name such as Europe/Rome',
    }),
  ),
  traits: optional(jsonObject),
  tags: optional(listOf(text(100), 200)),
  consents: optional(
    z
      .partialRecord(z.enum(purposes), z.partialRecord(z.enum(channels), consent))
      .meta({ examples: [{ marketing: { email: true } }] }),
  ),
});

export const eventInputSchema = z.strictObject({
  id: optional(
    identity.meta({
      description: 'Yours, unique in the workspace: without it a retry is a new event',
    }),
  ),
  name: eventName,
  contact: contactRefSchema,
  occurredAt: optional(
    instant.meta({
      description:
        'When it happened; default: when it was received. More than 400 days before or 5 minutes after its receipt it is only recorded',
    }),
  ),
  sentAt: optional(
    instant.meta({ description: 'The clock that wrote `occurredAt`, when the request left' }),
  ),
  properties: optional(jsonObject),
  context: optional(jsonObject),
  source: optional(text(100)),
});

export const enrollInputSchema = z.strictObject({
  contact: contactRefSchema,
  key: optional(identity.meta({ description: 'One open enrollment per contact and key' })),
  data: optional(jsonObject.meta({ description: 'Read as the properties of the entry event' })),
});
