import { z } from 'zod';
import { decisionKinds, type Decision } from '../../core/decisions/decision';
import { isoOf, isoSchema, objectSchema } from '../http/answers';
import { decisionReasonSchema } from './reason-schemas';

/** A decision as the API shows it. */
export const decisionSchema = z
  .object({
    at: isoSchema,
    kind: z.enum(decisionKinds),
    enrollment: z.string().optional(),
    journey: z.string().optional(),
    step: z.string().optional(),
    because: decisionReasonSchema.optional(),
    facts: objectSchema.optional().meta({ description: 'What the decision rests on' }),
    event: z.string().optional().meta({ description: 'The key of the event' }),
    message: z.string().optional(),
  })
  .meta({ id: 'Decision', description: 'A line of the why-record' });

/** A decision without what its reader knows already. */
export function decisionViewOf({
  at,
  id: _id,
  workspace: _workspace,
  contact: _contact,
  ...rest
}: Decision) {
  const { kind, ...more } = rest;
  return { at: isoOf(at), kind, ...more };
}
