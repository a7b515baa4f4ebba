import { z } from 'zod';
import { conditionSchema } from '../../conditions/condition.schema';
import { channels, purposes } from '../../channels';
import { eventNames } from '../../events/event.schema';
import { byName, jsonObject, listOf, optional, slug, text } from '../../json/json.schema';
import { duration, hours } from '../../time/time.schema';
import type { Step, StepKind } from './kinds';

/** `constructor` is taken by every object. */
const id = slug(40)
  .refine((name) => name !== 'constructor', { error: 'is a reserved name' })
  .meta({ pattern: '^(?!constructor$)[a-z0-9-]{1,40}$' });

const next = optional(id.meta({ description: 'The step to go to; by default the one below' }));

/** The word an enrollment ends as. */
export const exitAs = slug(40).meta({ examples: ['converted', 'disqualified'] });

const stepSchemas = {
  send: z.strictObject({
    kind: z.literal('send'),
    id,
    template: text(100),
    templates: optional(
      byName(channels, text(100)).meta({
        description: 'The templates of channels for which it is not `template`',
      }),
    ),
    purpose: z.enum(purposes),
    channels: optional(
      listOf(z.enum(channels), 5)
        .min(1)
        .meta({ description: 'In order of preference; default ["email"]' }),
    ),
    delivery: optional(
      z.enum(['at-most-once', 'at-least-once']).meta({
        description:
          'What an unanswered hand-over leads to; default at-most-once, and at-least-once for what is transactional',
      }),
    ),
    retryFor: optional(
      duration.meta({
        description: 'Exact; while a provider does not take the message, until it is given up',
      }),
    ),
    window: optional(
      hours.meta({
        description: "The hours in which it may go out, in the contact's zone; at others it waits",
      }),
    ),
    maxHold: optional(
      duration.meta({
        description:
          'Exact; the longest wait for the window, quiet hours and caps, then the message is skipped. Default PT24H, and PT168H with a window',
      }),
    ),
    next,
  }),
  wait: z.strictObject({
    kind: z.literal('wait'),
    id,
    for: duration,
    restartOn: optional(z.literal('refresh')),
    atMost: optional(
      duration.meta({
        description:
          'The latest end after refreshes, counted from the beginning: exact and longer than `for`; default PT24H beside `restartOn`',
      }),
    ),
    next,
  }),
  waitFor: z.strictObject({
    kind: z.literal('waitFor'),
    id,
    events: listOf(
      z.strictObject({ names: eventNames, when: optional(conditionSchema), next }),
      20,
    ).min(1),
    timeout: duration,
    onTimeout: next,
    since: optional(z.enum(['previousStep', 'entry'])),
  }),
  branch: z.strictObject({
    kind: z.literal('branch'),
    id,
    cases: listOf(z.strictObject({ when: conditionSchema, next: id }), 20).min(1),
    otherwise: next,
  }),
  act: z.strictObject({
    kind: z.literal('act'),
    id,
    action: slug(40).meta({ examples: ['change-contact'] }),
    input: optional(jsonObject.meta({ description: 'An object that the action takes' })),
    next,
  }),
  exit: z.strictObject({ kind: z.literal('exit'), id, as: optional(exitAs) }),
} satisfies { [Kind in StepKind]: z.ZodType<Step<Kind>> };

type StepSchema = (typeof stepSchemas)[StepKind];

/** The form of a step of any kind. */
export const stepSchema = z.discriminatedUnion(
  'kind',
  Object.values(stepSchemas) as [StepSchema, ...StepSchema[]],
);
