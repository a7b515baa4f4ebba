import { z } from 'zod';
import type { EnrollmentAnswer } from '../../intake/intake';
import { assertNever } from '../../core/assert-never';
import { enrollmentId, journeyId, stepId } from '../../core/ids';
import { enrollInputSchema } from '../../core/enrollments/enrollment.schema';
import { optional, unsaid, walkedJsonObject } from '../../core/json/json.schema';
import type { Workspace } from '../../core/workspaces/workspace';
import { idsNamed } from '../../operations/contacts/change-contact';
import type { EnrollmentFilter } from '../../store/enrollment-row';
import { lacking, shownTo } from '../http/access/personal';
import { pageRequestOf, pageSchema, paging } from '../http/answers';
import { decisionSchema, decisionViewOf } from '../decisions/decision-view';
import {
  enrollmentSchema,
  enrollmentViewOf,
  liveEnrollmentViewOf,
  statuses,
} from './enrollment-view';
import type { ApiDependencies } from '../dependencies';
import { reusedKey } from '../http/access/idempotency';
import { noJourney } from '../journeys/journeys';
import { operation } from '../http/operation';
import { about, json, problem, refusal, type Reply } from '../http/reply';

export const enrollmentParams = z.strictObject({ enrollmentId: z.string().max(250) });

export const postEnrollment = operation({
  summary: 'Start a journey for a contact',
  description:
    'Takes the same path as an event whose id is the `Idempotency-Key`: also when the stored answer has gone, the same key starts nothing again.',
  params: z.strictObject({ journeyId: z.string().max(64) }),
  idempotent: true,
  body: enrollInputSchema.extend({
    data: optional(
      walkedJsonObject.meta({ description: 'Read as the properties of the entry event' }),
    ),
  }),
  answers: {
    200: { description: 'It was enrolled under that key already', schema: enrollmentSchema },
    201: { description: 'Enrolled', schema: enrollmentSchema },
  },
  refuses: ['not-found', 'conflict', 'unprocessable'],
  handle: async ({ params, body, workspace, idempotencyKey }, deps) => {
    const { contact, key, data = {} } = body;
    const journey = params.journeyId;
    const answer = await deps.intake.enroll(workspace, {
      journey,
      contact,
      ...(key !== undefined && { key }),
      data,
      ...(idempotencyKey !== undefined && { requestId: idempotencyKey }),
    });
    return answerOf(answer, { journey, workspace, deps });
  },
});

type Narrowed = Readonly<Partial<Record<'journey' | 'contact' | 'key', string | undefined>>>;

/** Two journeys may have a step of one name. An index serves those of one. */
function isNarrowed({ journey, contact, key }: Narrowed): boolean {
  return [journey, contact, key].some((value) => value !== undefined);
}

const listQuery = z
  .strictObject({
    journey: z.string().max(64).optional(),
    contact: z.string().trim().max(200).optional().meta({ description: 'Your userId, or our id' }),
    key: z.string().trim().max(200).optional(),
    status: z.enum(statuses).optional(),
    step: z.string().max(40).optional().meta({
      description: 'A step of a journey: name the `journey` too, or a `contact` or a `key`',
    }),
    ...paging,
  })
  .refine((query) => query.step === undefined || isNarrowed(query), {
    path: ['step'],
    error: 'needs its `journey`, or a `contact` or a `key`',
    ...unsaid,
  });

export const listEnrollments = operation({
  summary: 'The enrollments of the workspace, the one opened last first',
  description: 'To ask by `contact` or `key` needs the scope `contacts:read`.',
  query: listQuery,
  answers: { 200: { description: 'A page', schema: pageSchema(enrollmentSchema) } },
  refuses: ['unprocessable'],
  handle: async ({ query, workspace, may }, deps) => {
    const isPersonal = query.contact !== undefined || query.key !== undefined;
    if (isPersonal && !may('contacts:read')) return problem(lacking('contacts:read'));
    const contact = query.contact && (await idsNamed(deps, workspace.id, query.contact));
    if (query.contact !== undefined && !contact) return json(200, { data: [] });
    const filter = { ...filterOf(query), ...(contact && { contact }) };
    const page = await deps.store.enrollments.list(workspace.id, filter, pageRequestOf(query));
    return json(200, {
      ...page,
      data: page.data.map((enrollment) =>
        shownTo({ may }, enrollmentViewOf(enrollment, deps), ['key']),
      ),
    });
  },
});

function filterOf({ journey, key, status, step }: z.output<typeof listQuery>): EnrollmentFilter {
  return {
    ...(journey !== undefined && { journey: journeyId(journey) }),
    ...(key !== undefined && { key }),
    ...(status && { status }),
    ...(step !== undefined && { step: stepId(step) }),
  };
}

export const getEnrollment = operation({
  summary: 'Where an enrollment stands',
  params: enrollmentParams,
  answers: { 200: { description: 'The enrollment', schema: enrollmentSchema } },
  refuses: ['not-found'],
  handle: async ({ params, workspace, may }, deps) => {
    const id = enrollmentId(params.enrollmentId);
    const found = await deps.store.enrollments.find(workspace.id, id);
    if (!found) return noEnrollment(id);
    return json(200, shownTo({ may }, await liveEnrollmentViewOf(found, deps), ['key']));
  },
});

export const getTimeline = operation({
  summary: 'Why it went as it did: every decision, oldest first',
  description: 'The facts of a decision are shown to keys with `contacts:read`.',
  params: enrollmentParams,
  answers: { 200: { description: 'All of them', schema: pageSchema(decisionSchema) } },
  refuses: ['not-found'],
  handle: async ({ params, workspace, may }, { store }) => {
    const id = enrollmentId(params.enrollmentId);
    const found = await store.enrollments.find(workspace.id, id);
    if (!found) return noEnrollment(id);
    const decisions = await store.decisions.ofEnrollment(workspace.id, id);
    const views = decisions.map(decisionViewOf);
    return json(200, { data: views.map((view) => shownTo({ may }, view, ['facts'])) });
  },
});

type Answering = Readonly<{ journey: string; workspace: Workspace; deps: ApiDependencies }>;

async function answerOf(
  answer: EnrollmentAnswer,
  { journey, workspace, deps }: Answering,
): Promise<Reply> {
  switch (answer.kind) {
    case 'unknown-journey':
      return noJourney(journey);
    case 'refused':
      return refused(journey, answer.reason);
    case 'conflict':
      return reusedKey;
    case 'enrolled':
    case 'already-enrolled': {
      const found = await deps.store.enrollments.find(workspace.id, answer.enrollment);
      if (!found) return noEnrollment(answer.enrollment);
      const status = answer.kind === 'enrolled' ? 201 : 200;
      return about(found.contact, json(status, enrollmentViewOf(found, deps)));
    }
    default:
      return assertNever(answer);
  }
}

function refused(journey: string, reason: string): Reply {
  const detail = `Journey "${journey}" does not take this contact now: ${reason}`;
  return refusal('conflict', `${detail}.`, [{ pointer: '', code: reason, detail }]);
}

export function noEnrollment(id: string): Reply {
  return refusal('not-found', `There is no enrollment "${id}"; see GET /v1/enrollments.`);
}
