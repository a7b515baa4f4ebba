import type { IncomingHttpHeaders } from 'node:http';
import { z } from 'zod';
import { fingerprintOf } from '../../../intake/accept/event-identity';
import { assertNever } from '../../../core/assert-never';
import { ownId } from '../../../core/contacts/contact.schema';
import { textPattern } from '../../../core/json/id-of';
import type { Json } from '../../../core/json/json';
import type { FinishedRequest, Keeping, KeyedRequest } from '../../../store/idempotency';
import type { ApiDependencies } from '../../dependencies';
import { read, type Read } from '../problems/faults';
import type { Caller, Once } from '../operation';
import { json, problem, refusal, type Reply } from '../reply';
import { problemOf } from '../problems/problem';

/** For how long an answer is kept under its key. */
const keepMs = 24 * 3_600_000;
/** Longer than any request is waited for: after it, who held the key is gone. */
const leaseMs = 10_000;

export const idempotencyHeaders = z.object({
  'idempotency-key': z
    .string()
    .max(202)
    .transform(unquoted)
    .pipe(ownId)
    .optional()
    .meta({
      pattern: `${textPattern}(?:"[^"]{1,200}"|.{1,200})$`,
      description:
        'Yours: the same request under the same key is carried out once and answered alike for 24 hours; with another body it is refused (422)',
    }),
});

/**
 * The key of a request, if it has one. By its draft it is a structured field string, and a bare one
 * by habit.
 */
export function idempotencyKeyIn(headers: IncomingHttpHeaders): Read<string | undefined> {
  const found = read(idempotencyHeaders, headers, ['header']);
  if (found.kind === 'faulty') return found;
  return { kind: 'read', value: found.value['idempotency-key'] };
}

function unquoted(key: string): string {
  return key.trim().replace(/^"(.*)"$/, '$1');
}

type Keyed = Pick<KeyedRequest, 'route' | 'key'> &
  Readonly<{
    workspace: Caller['workspace'];
    deps: Pick<ApiDependencies, 'store' | 'clock' | 'logger'>;
  }>;

/**
 * Carries a request out once by its `Idempotency-Key` (draft-ietf-httpapi-idempotency-key-header).
 * An answer that created or decided something is given again for 24 hours. A repeat while the
 * request runs is asked to come back, and a failure frees the key.
 */
export function onceBy({ workspace, route, key, deps }: Keyed): Once {
  const { idempotency } = deps.store;
  return async (content, work) => {
    const request = { route, key, fingerprint: fingerprintOf(content as Json) };
    const keeping = { now: deps.clock.realNow(), leaseMs, keepMs };
    const begun = await idempotency.begin(workspace.id, request, keeping);
    switch (begun.kind) {
      case 'answered':
        return json(begun.answer.status, begun.answer.body, { 'Idempotent-Replayed': 'true' });
      case 'running':
        return stillRunning;
      case 'reused':
        return reusedKey;
      case 'begun':
        return carryOut({ workspace, request, keeping, deps }, work);
      default:
        return assertNever(begun);
    }
  };
}

type Begun = Pick<Keyed, 'workspace' | 'deps'> &
  Readonly<{ request: KeyedRequest; keeping: Keeping }>;

/** Answers even where the answer cannot be kept. The operation itself then absorbs a repeat. */
async function carryOut(
  { workspace, request, keeping, deps: { store, logger } }: Begun,
  work: () => Promise<Reply>,
): Promise<Reply> {
  const { idempotency } = store;
  const settle = async (reply?: Reply) => {
    const answer = reply && kept(reply);
    return answer
      ? idempotency.finish(workspace.id, request, answer)
      : idempotency.forget(workspace.id, request, keeping);
  };
  const settled = (reply?: Reply) =>
    settle(reply).catch((err: unknown) => {
      logger.warn({ err }, 'An Idempotency-Key is held until its lease runs out');
    });
  try {
    const reply = await work();
    await settled(reply);
    return reply;
  } catch (error) {
    await settled();
    throw error;
  }
}

/** Keeps only the answers that created something. A refused request may be right a moment later. */
function kept(reply: Reply): FinishedRequest | undefined {
  if (reply.kind !== 'json' || reply.status >= 300) return undefined;
  const { status, about } = reply;
  const body = JSON.parse(JSON.stringify(reply.body)) as Json;
  return { status, body, ...(about !== undefined && { contact: about }) };
}

const stillRunning = problem({
  ...problemOf(
    'conflict',
    'The request that brought this Idempotency-Key first is still being carried out; send it again in a moment.',
    [
      {
        pointer: '/header/idempotency-key',
        code: 'running',
        detail: 'The first request still runs',
      },
    ],
  ),
  retryAfterS: 1,
});

/** The answer where a key stands for another request. */
export const reusedKey = refusal(
  'unprocessable',
  'This Idempotency-Key came before with another body; use a new key for a new request.',
  [
    {
      pointer: '/header/idempotency-key',
      code: 'reused-key',
      detail: '"idempotency-key" came before with another body; use a new one',
    },
  ],
);
