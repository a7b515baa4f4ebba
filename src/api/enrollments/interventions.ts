import { z } from 'zod';
import type { OperatorCommand } from '../../core/events/command';
import type { CommandAnswer } from '../../intake/intake';
import { assertNever } from '../../core/assert-never';
import { enrollmentId, type EnrollmentId } from '../../core/ids';
import type { ApiDependencies } from '../dependencies';
import { enrollmentSchema, enrollmentViewOf } from './enrollment-view';
import { enrollmentParams, noEnrollment } from './enrollments';
import { shownTo } from '../http/access/personal';
import { operation, type ApiContext } from '../http/operation';
import { about, json, refusal, type Reply } from '../http/reply';

export const reasonInput = z
  .string()
  .min(1)
  .max(500)
  .meta({ description: 'Why, in your words; the timeline keeps it with the name of the API key' });

const input = z.strictObject({ reason: reasonInput });

export const postExit = operation({
  summary: 'End an enrollment by hand',
  description:
    'It ends as `stopped` because of the `operator`: from the answer on no message that has not been handed over goes out. Its workflow hears of it like of an event; one that cannot run is terminated.',
  params: enrollmentParams,
  idempotent: true,
  body: input,
  answers: { 202: { description: 'The enrollment', schema: enrollmentSchema } },
  refuses: ['not-found', 'conflict', 'unprocessable'],
  handle: ({ params, body, ...context }, deps) =>
    intervene('exit', params.enrollmentId, { ...body, ...context, deps }),
});

export const postSkipWait = operation({
  summary: 'End the wait at which an enrollment stands',
  description:
    'It goes on as if the time of the wait had run out; a wait for an event takes its time-out. That one wait is meant: a request that comes late, or again, ends no ' +
    'other. While the workflow is out of reach, the wait is the one that the store knows of. The timeline says `skipped-wait` once it has been left.',
  params: enrollmentParams,
  idempotent: true,
  body: input,
  answers: { 202: { description: 'The enrollment, not moved on yet', schema: enrollmentSchema } },
  refuses: ['not-found', 'conflict', 'unprocessable'],
  handle: ({ params, body, ...context }, deps) =>
    intervene('skip-wait', params.enrollmentId, { ...body, ...context, deps }),
});

type Asking = Pick<ApiContext, 'workspace' | 'keyName' | 'may' | 'idempotencyKey'> &
  z.output<typeof input> &
  Readonly<{ deps: ApiDependencies }>;

async function intervene(
  kind: OperatorCommand['kind'],
  id: string,
  { workspace, keyName, may, idempotencyKey, reason, deps }: Asking,
): Promise<Reply> {
  const enrollment = enrollmentId(id);
  const answer = await deps.intake.ask(workspace.id, kind, {
    enrollment,
    by: keyName,
    reason,
    ...(idempotencyKey !== undefined && { requestId: idempotencyKey }),
  });
  return answerOf(answer, { enrollment, workspace, may, deps });
}

type Answering = Pick<Asking, 'workspace' | 'may' | 'deps'> &
  Readonly<{ enrollment: EnrollmentId }>;

async function answerOf(
  answer: CommandAnswer<OperatorCommand['kind']>,
  { enrollment, workspace, may, deps }: Answering,
): Promise<Reply> {
  switch (answer.kind) {
    case 'unknown-enrollment':
      return noEnrollment(enrollment);
    case 'ended': {
      const { as, because } = answer.ending;
      const detail = `Enrollment "${enrollment}" has ended as ${as} (${because}); nothing is left to do to it.`;
      return refusal('conflict', detail);
    }
    case 'not-waiting': {
      const detail = `Enrollment "${enrollment}" does not stand at a wait; see where it stands at GET /v1/enrollments/${enrollment}.`;
      return refusal('conflict', detail);
    }
    case 'accepted': {
      const found = await deps.store.enrollments.find(workspace.id, enrollment);
      if (!found) return noEnrollment(enrollment);
      const view = shownTo({ may }, enrollmentViewOf(found, deps), ['key']);
      return about(found.contact, json(202, view));
    }
    default:
      return assertNever(answer);
  }
}
