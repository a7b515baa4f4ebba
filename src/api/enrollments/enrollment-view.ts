import { z } from 'zod';
import { statusOf, type Enrollment } from '../../core/enrollments/enrollment';
import { idleWait } from '../../core/enrollments/idle/idle';
import { namesAwaitedAt } from '../../core/enrollments/hear';
import type { Waiting } from '../../core/enrollments/progress';
import { personal } from '../http/access/personal';
import { isoOf, isoSchema } from '../http/answers';
import { endReasonSchema } from '../decisions/reason-schemas';
import type { ApiDependencies } from '../dependencies';

export const statuses = ['starting', 'open', 'ended'] as const;

export const enrollmentSchema = z
  .object({
    id: z.string().meta({ description: 'Also the id of its Temporal workflow' }),
    status: z
      .enum(statuses)
      .meta({ description: '`starting` while Temporal does not have it yet' }),
    journey: z.string(),
    version: z.int(),
    contactId: z.string(),
    key: z.string().optional().meta({ description: personal }),
    step: z.string().nullable(),
    since: isoSchema,
    awaiting: z
      .object({ until: isoSchema.optional(), events: z.array(z.string()).optional() })
      .optional()
      .meta({ description: 'Asked of the workflow; absent when it is out of reach' }),
    ended: z.object({ as: z.string(), because: endReasonSchema, at: isoSchema }).optional(),
    links: z.object({
      self: z.string(),
      timeline: z.string(),
      temporal: z.string().meta({ description: 'Its path below the address of the Temporal UI' }),
    }),
  })
  .meta({ id: 'Enrollment' });

type Workflows = Pick<ApiDependencies, 'workflows'>;

/** An enrollment as the store knows it. */
export function enrollmentViewOf(enrollment: Enrollment, { workflows }: Workflows) {
  const { id, journey, version, contact, key, step, since, ended } = enrollment;
  const self = `/v1/enrollments/${id}`;
  return {
    id,
    status: statusOf(enrollment),
    journey,
    version,
    contactId: contact,
    key,
    step,
    since: isoOf(since),
    ...(ended && { ended: { as: ended.as, because: ended.because, at: isoOf(ended.at) } }),
    links: {
      self,
      timeline: `${self}/timeline`,
      temporal: pathInTemporal(workflows.namespace, id),
    },
  };
}

function pathInTemporal(namespace: string, id: string): string {
  return `/namespaces/${namespace}/workflows/${encodeURIComponent(id)}`;
}

/** An enrollment with what its workflow says of itself, where it answers. */
export async function liveEnrollmentViewOf(
  enrollment: Enrollment,
  { workflows, store, clock }: Workflows & Pick<ApiDependencies, 'store' | 'clock'>,
) {
  const view = enrollmentViewOf(enrollment, { workflows });
  if (enrollment.ended) return view;
  const journey = await store.journeys.version(
    enrollment.workspace,
    enrollment.journey,
    enrollment.version,
  );
  // A workflow that has not begun yet answers no query.
  const idle = journey && idleWait(journey, enrollment, clock.now());
  const position = idle ?? (await workflows.progressOf(enrollment.id))?.position;
  if (!position || position.kind === 'ended') return view;
  const standing = { ...view, step: position.step, since: isoOf(position.since) };
  if (position.kind === 'standing') {
    const { held } = position;
    return { ...standing, ...(held && { awaiting: { until: isoOf(held.until) } }) };
  }
  const events = journey ? namesAwaitedAt(journey, position.step) : [];
  return { ...standing, awaiting: awaitingOf(position, events) };
}

function awaitingOf({ deadline }: Waiting, events: readonly string[]) {
  return {
    ...(deadline.kind !== 'unresolved' && { until: isoOf(deadline.until) }),
    ...(events.length > 0 && { events: [...events] }),
  };
}
