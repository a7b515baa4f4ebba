import { z } from 'zod';
import { contactRefSchema, identity } from '../contacts/contact.schema';
import { jsonObject, optional } from '../json/json.schema';

/** The body of a start that the API asks for. */
export const enrollInputSchema = z.strictObject({
  contact: contactRefSchema,
  key: optional(identity.meta({ description: 'One open enrollment per contact and key' })),
  data: optional(jsonObject.meta({ description: 'Read as the properties of the entry event' })),
});
