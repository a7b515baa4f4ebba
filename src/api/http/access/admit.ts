import type { Request, Response } from 'express';
import { noteKey } from '../audit';
import type { Holder } from '../admission/rate-limit';
import { authenticate } from './authentication';
import { overRateOf } from './over-rate';
import type { ApiDependencies } from '../../dependencies';
import { idempotencyKeyIn, onceBy } from './idempotency';
import { badRequest, type CallerContext, type Caller, type Once } from '../operation';
import { problemOf } from '../problems/problem';
import { problem, type Reply } from '../reply';
import type { KeyedRoute } from '../route';

/** The caller of an admitted request, or the answer to another. */
type Admitted =
  | Readonly<{
      kind: 'admitted';
      context: CallerContext;
      holder: Holder;
      once?: Once;
    }>
  | Readonly<{ kind: 'turned-away'; reply: Reply }>;

type Exchange = Readonly<{ request: Request; response: Response }>;

/**
 * Settles what the head of a request alone decides. It finds the caller, counts the requests before
 * this one and reads the Idempotency-Key.
 */
export async function admit(
  route: KeyedRoute,
  deps: ApiDependencies,
  { request, response }: Exchange,
): Promise<Admitted> {
  const found = await authenticate(request, route.scope, deps);
  if (found.keyId !== undefined) noteKey(response, found.keyId);
  if (found.kind === 'problem') {
    if (found.problem.status === 401) response.set('WWW-Authenticate', challenge);
    return turnedAway(problem(found.problem));
  }
  const holder = { keyHash: found.keyHash, workspace: found.caller.workspace.id };
  const overRate = overRateOf(deps.admission.take(holder), response);
  if (overRate) return turnedAway(problem(overRate));
  const release = deps.admission.occupy(holder);
  if (!release) return turnedAway(problem({ ...tooManyAtOnce, retryAfterS: 1 }));
  response.once('close', release);
  return route.operation.idempotent
    ? keyed(route, deps, { request, caller: found.caller, holder })
    : { kind: 'admitted', context: found.caller, holder };
}

const challenge = 'Bearer realm="itinera"';

const tooManyAtOnce = problemOf(
  'too-many-requests',
  'This API key or its workspace has too many requests open at once; wait for answers before you send more.',
);

type Calling = Readonly<{ request: Request; caller: Caller; holder: Holder }>;

function keyed(
  route: KeyedRoute,
  deps: ApiDependencies,
  { request, caller, holder }: Calling,
): Admitted {
  const idempotencyKey = idempotencyKeyIn(request.headers);
  if (idempotencyKey.kind === 'faulty') return turnedAway(badRequest(idempotencyKey.faults));
  const { value: key } = idempotencyKey;
  if (key === undefined) return { kind: 'admitted', context: caller, holder };
  const once = onceBy({
    workspace: caller.workspace,
    route: `${route.method} ${route.path}`,
    key,
    deps,
  });
  return { kind: 'admitted', context: { ...caller, idempotencyKey: key }, holder, once };
}

function turnedAway(reply: Reply): Admitted {
  return { kind: 'turned-away', reply };
}
