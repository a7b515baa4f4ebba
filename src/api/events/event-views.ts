import { z } from 'zod';
import type { RefusedDecision } from '../../core/decisions/decision';
import { restampReasons } from '../../core/decisions/reasons';
import type { EffectKind, RecordedEvent } from '../../core/events/recorded-event';
import { personal } from '../http/access/personal';
import { faultSchema, isoOf, isoSchema, objectSchema, present } from '../http/answers';
import {
  refusalReasonSchema,
  refusedReasonSchema,
  unroutedSchema,
} from '../decisions/reason-schemas';

const effects = [
  'entered',
  'refreshed',
  'told',
  'exited',
  'skipped-wait',
] as const satisfies readonly EffectKind[];
const refusals = z.array(
  z.object({
    journey: z.string(),
    reason: refusalReasonSchema,
  }),
);

const restampedSchema = z
  .object({
    because: z.enum(restampReasons),
    said: isoSchema.optional().meta({ description: 'The stamp, where it can be read' }),
  })
  .meta({
    id: 'Restamped',
    description: 'The event counts as of its receipt: its own stamp cannot be meant',
  });

export const eventResultSchema = z
  .object({
    id: z.string().optional(),
    status: z.enum(['accepted', 'duplicate', 'rejected']),
    enrollments: z.array(z.object({ id: z.string(), effect: z.enum(effects) })),
    refusals,
    restamped: restampedSchema.optional(),
    because: unroutedSchema
      .optional()
      .meta({ description: 'It was recorded and reaches nobody: it is history of long ago' }),
    error: z
      .object({ code: z.string(), detail: z.string(), errors: z.array(faultSchema) })
      .optional(),
  })
  .meta({ id: 'EventResult' });

export const eventSchema = z
  .object({
    id: z.string(),
    key: z.string().meta({ description: 'Ours: what Temporal and decisions call it' }),
    name: z.string(),
    contact: z.string(),
    occurredAt: isoSchema,
    receivedAt: isoSchema,
    properties: objectSchema.optional().meta({ description: personal }),
    source: z.string().optional(),
    restamped: restampedSchema.optional(),
    history: z.boolean().optional().meta({ description: 'Sent as history: it starts nothing' }),
    status: z.enum(['pending', 'delivered', 'dead']),
    because: z.string().optional().meta({
      description: 'Why it is dead; or `too-old`, `too-far-ahead` where it was recorded only',
    }),
    targets: z.array(
      z.object({
        enrollment: z.string(),
        effect: z.enum(effects),
        at: isoSchema.optional().meta({ description: 'When it was delivered' }),
      }),
    ),
    refusals,
  })
  .meta({ id: 'Event' });

export function eventViewOf(event: RecordedEvent) {
  const { id, key, name, contact, properties, source, status, because, unrouted } = event;
  const { restamped, history } = event;
  return {
    id,
    key,
    name,
    contact,
    occurredAt: isoOf(event.occurredAt),
    receivedAt: isoOf(event.receivedAt),
    properties,
    ...(source !== undefined && { source }),
    ...present({ restamped, history }),
    status,
    ...present({ because: because ?? unrouted }),
    targets: event.targets.map(({ enrollment, effect, at }) => ({
      enrollment,
      effect: effect.kind,
      ...(at !== undefined && { at: isoOf(at) }),
    })),
    refusals: event.refusals,
  };
}

export const refusalSchema = z
  .object({
    at: isoSchema,
    journey: z.string().optional(),
    contact: z.string(),
    reason: refusedReasonSchema,
    event: z.string().optional().meta({ description: 'The key of the event' }),
  })
  .meta({ id: 'Refusal' });

export function refusalViewOf({ at, journey, contact, because, event }: RefusedDecision) {
  return {
    at: isoOf(at),
    ...(journey !== undefined && { journey }),
    contact,
    reason: because,
    event,
  };
}
