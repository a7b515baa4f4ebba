import { z } from 'zod';
import { factPathFormat, isFactPath } from '../conditions/fact-path';
import { conditionSchema } from '../conditions/condition.schema';
import { eventName, eventNames } from '../events/event.schema';
import { listOf, optional, slug, text } from '../json/json.schema';
import { duration } from '../time/time.schema';
import { stages, type Journey } from './journey';
import { exitAs, stepSchema } from './steps/step.schema';

const factPath = z
  .string()
  .max(300)
  .refine(isFactPath, { error: 'is not a dotted path' })
  .meta(factPathFormat);

const entry = z.strictObject({
  events: optional(listOf(eventName, 50).meta({ description: 'None: only the API starts it' })),
  when: optional(conditionSchema),
  key: optional(
    listOf(factPath, 10).meta({
      description:
        'Paths below the entry event; the first that finds an id is the key. Blank and 0 are none. `contact` as the last: else one key per contact',
      examples: [['properties.cart_id']],
    }),
  ),
  repeat: optional(
    z.enum(['ignore', 'refresh', 'restart']).meta({
      description:
        'A further entry event is ignored (default), replaces the entry, or also counts every wait anew from it',
    }),
  ),
  again: optional(
    z.union([
      z.enum(['never', 'afterExit']),
      z.strictObject({ after: duration }),
      z.strictObject({
        notAfter: listOf(exitAs, 20).min(1).meta({
          description: 'As afterExit, until the key has ended as one of these; then never again',
        }),
      }),
    ]),
  ),
  notOlderThan: optional(
    duration.meta({
      description: 'The greatest age of an entry event at its receipt; exact, default PT36H',
    }),
  ),
  limit: optional(z.strictObject({ starts: z.int().min(1).max(10_000), within: duration })),
});

const exit = z.strictObject({
  events: eventNames,
  when: optional(conditionSchema),
  key: optional(
    listOf(factPath, 10)
      .min(1)
      .meta({
        description:
          "Paths among those of the entry's key: an event with the same id at the same path counts, whoever's contact it names",
        examples: [['properties.cart_id', 'properties.order_id']],
      }),
  ),
  as: exitAs,
  lookBack: optional(
    duration.meta({ description: 'Exact; default PT1H, and without end for an exit with a key' }),
  ),
});

/** The form of a journey; `checkJourney` says whether it makes sense. */
export const journeySchema = z.strictObject({
  id: slug(64),
  name: text(200),
  stage: z.enum(stages),
  entry,
  exits: optional(listOf(exit, 50)),
  steps: listOf(stepSchema, 100),
  settings: optional(
    z.strictObject({
      until: optional(duration.meta({ description: 'Greatest age of an enrollment; exact' })),
      zone: optional(text(64).meta({ examples: ['Europe/Rome'] })),
      priority: optional(
        z.int().min(0).max(100).meta({
          description:
            'Default 50. A frequency cap counts for a message only what has at least its priority',
        }),
      ),
    }),
  ),
}) satisfies z.ZodType<Journey>;
