import { z } from 'zod';
import type { Decision } from '../../core/decisions/decision';
import { actReasons, byOperator, tooManyEvents } from '../../core/decisions/reasons';
import { personal } from '../http/access/personal';
import { isoOf, isoSchema, objectSchema } from '../http/answers';
import {
  caseNameSchema,
  endReasonSchema,
  messageReasonSchema,
  refusedReasonSchema,
} from './reason-schemas';

const factsSchema = objectSchema.meta({ description: `What the decision rests on. ${personal}` });
const eventKeySchema = z.string().meta({ description: 'The key of the event' });
const eventNameSchema = z.string().meta({ description: 'The name of the event' });

const shared = { at: isoSchema, facts: factsSchema.optional() };
const ofEnrollment = { ...shared, enrollment: z.string(), journey: z.string() };
const ofStep = { ...ofEnrollment, step: z.string() };

const decisionsByKind = [
  z.object({
    ...ofEnrollment,
    kind: z.enum(['entered', 'refreshed']),
    because: eventNameSchema,
    event: eventKeySchema,
  }),
  z.object({
    ...shared,
    kind: z.literal('refused'),
    journey: z.string().optional(),
    because: refusedReasonSchema,
    event: eventKeySchema,
  }),
  z.object({
    ...ofStep,
    kind: z.enum(['sent', 'skipped', 'failed', 'unknown']),
    journey: z.string().optional(),
    because: messageReasonSchema.optional(),
    message: z.string(),
  }),
  z.object({ ...ofStep, kind: z.literal('acted') }),
  z.object({ ...ofStep, kind: z.literal('not-acted'), because: z.enum(actReasons) }),
  z.object({
    ...ofStep,
    kind: z.literal('heard'),
    because: eventNameSchema,
    event: eventKeySchema,
  }),
  z.object({
    ...ofStep,
    kind: z.literal('let-go'),
    because: z.literal(tooManyEvents),
    event: eventKeySchema,
  }),
  z.object({ ...ofStep, kind: z.literal('timed-out') }),
  z.object({ ...ofStep, kind: z.literal('branched'), because: caseNameSchema }),
  z.object({
    ...ofStep,
    kind: z.literal('skipped-wait'),
    because: z.literal(byOperator),
    event: eventKeySchema,
  }),
  z.object({
    ...ofEnrollment,
    kind: z.literal('intervened'),
    because: z.literal(byOperator),
    event: eventKeySchema,
  }),
  z.object({
    ...ofEnrollment,
    kind: z.literal('ended'),
    because: endReasonSchema,
    event: eventKeySchema.optional(),
  }),
  z.object({ ...shared, kind: z.enum(['merged', 'erased']), event: eventKeySchema }),
] as const;

/** A decision as the API shows it: the kind says which fields it has. */
export const decisionSchema = z
  .union(decisionsByKind)
  .meta({ id: 'Decision', description: 'A line of the why-record' });

/** A decision together with the id of the contact that it is about. */
export const exportedDecisionSchema = z
  .intersection(decisionSchema, z.object({ contact: z.string() }))
  .meta({ id: 'ExportedDecision' });

/** Shows a decision without what its reader knows already. */
export function decisionViewOf({
  at,
  id: _id,
  workspace: _workspace,
  contact: _contact,
  ...rest
}: Decision) {
  return { ...rest, at: isoOf(at) };
}
