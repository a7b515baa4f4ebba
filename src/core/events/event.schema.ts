import { z } from 'zod';
import { contactRefSchema, ownId } from '../contacts/contact.schema';
import { jsonObject, listOf, optional, text } from '../json/json.schema';
import { instant } from '../time/time.schema';

/** The name of an event, as its sender writes it. */
export const eventName = text(100).meta({ examples: ['Cart Updated'] });

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
