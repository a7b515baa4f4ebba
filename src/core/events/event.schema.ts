import { z } from 'zod';
import { contactRefSchema, ownId } from '../contacts/contact.schema';
import { jsonObject, listOf, optional, text } from '../json/json.schema';
import { visiblePattern } from '../json/pattern';
import { stamp } from '../time/time.schema';

/** The name of an event, as its sender writes it, without the blanks around it. */
export const eventName = z
  .string()
  .trim()
  .min(1)
  .max(100)
  .meta({ pattern: visiblePattern, examples: ['Cart Updated'] });

/** The names of 1 to 50 events. */
export const eventNames = listOf(eventName, 50).min(1);

/** The body of an event, as a client sends it. */
export const eventInputSchema = z.strictObject({
  id: optional(
    ownId.meta({
      description: 'Yours, unique in the workspace: without it a retry is a new event',
    }),
  ),
  name: eventName,
  contact: contactRefSchema,
  occurredAt: optional(
    stamp.meta({
      description:
        'When it happened; default: when it was received. More than 400 days before or 5 minutes after its receipt it counts as of its receipt, and the answer says so',
    }),
  ),
  sentAt: optional(
    stamp.meta({ description: 'The clock that wrote `occurredAt`, when the request left' }),
  ),
  history: optional(
    z.boolean().meta({
      description:
        'Imported history: it starts nothing and still ends what is open. More than 400 days old it is only recorded',
    }),
  ),
  properties: optional(jsonObject),
  context: optional(jsonObject),
  source: optional(text(100)),
});
