import { Router, type Request, type Response } from 'express';
import { assertNever } from '../../core/assert-never';
import { DomainError } from '../../core/domain-error';
import type { Congestion, Priority } from './admission/admission';
import type { Holder, Weight } from './admission/rate-limit';
import { noteRoute } from './audit';
import { admit } from './access/admit';
import { overRateOf } from './access/over-rate';
import { goneOf, withoutKey } from './access/without-key';
import { createBodyReader, type BodyReader } from './body/body';
import type { ApiDependencies } from '../dependencies';
import { mayBeAbsent, ownJson, signedBytes, type CallerContext, type RawCall } from './operation';
import { sendParts } from './parts';
import { withStallTimeout } from './stall-timeout';
import { problemOf, sendProblem, type Problem } from './problems/problem';
import { problem, type Reply } from './reply';
import type { KeyedRoute, Route, SignedRoute } from './route';

/** The router of a route table: admission, authentication, body, operation, answer. */
export function mount(routes: readonly Route[], deps: ApiDependencies): Router {
  const router = Router({ caseSensitive: true });
  for (const route of routes) {
    const readBody = bodyReaderOf(route);
    router[route.method](expressPathOf(route), async (request, response) => {
      noteRoute(response, route);
      await serve({ route, readBody, deps }, request, response);
    });
  }
  for (const [path, allowed] of methodsByPath(routes)) {
    router.all(path, withoutKey(deps), (request, response) => {
      const detail = `${request.method} is not possible here; use ${allowed}.`;
      response.set('Allow', allowed);
      sendProblem(response, problemOf('method-not-allowed', detail));
    });
  }
  return router;
}

function bodyReaderOf({ access, operation }: Route): BodyReader | undefined {
  if (access === 'signed') return createBodyReader(signedBytes);
  const { body, reading = ownJson } = operation;
  return body && createBodyReader({ ...reading, mayBeAbsent: mayBeAbsent(body) });
}

type Serving<Served extends Route = Route> = Readonly<{
  route: Served;
  readBody: BodyReader | undefined;
  deps: ApiDependencies;
}>;

/** Turns a request away before anything of it is read. */
async function serve(serving: Serving, request: Request, response: Response): Promise<void> {
  const { route, deps } = serving;
  if (route.access === 'open') {
    const isThere = await deps.admission.turn(route.priority, goneOf(response));
    if (!isThere) return;
  }
  const congestion = deps.admission.congestionFor(priorityOf(route));
  if (congestion) {
    sendProblem(response, congested(congestion));
    return;
  }
  try {
    await send(response, await answerTo(serving, request, response), serving);
    deps.admission.answered();
  } catch (error) {
    if (error instanceof DomainError && error.code === 'unavailable') deps.admission.stalled();
    throw error;
  }
}

function priorityOf(route: Route): Priority {
  if (route.access === 'open') return route.priority;
  if (route.access === 'signed') return 'events';
  return route.scope === 'events:write' ? 'events' : 'rest';
}

function congested(why: Congestion): Problem {
  return problemOf('unavailable', congestionDetails[why]);
}

const congestionDetails = {
  'event-loop': 'This process cannot keep up; try again in a moment.',
  'in-flight': 'Too many requests are under way in this process; try again in a moment.',
  backlog: 'Too much waits to be delivered, so that nothing more is taken in; try again later.',
} as const satisfies Record<Congestion, string>;

async function answerTo(
  { route, readBody, deps }: Serving,
  request: Request,
  response: Response,
): Promise<Reply> {
  switch (route.access) {
    case 'open': {
      const { admission, stallTimeoutMs } = deps;
      const work = () => route.operation.run(rawCallOf(request), {}, deps);
      return withStallTimeout(stallTimeoutMs, () => admission.during(route.priority, work));
    }
    case 'signed':
      return signedAnswerTo({ route, readBody, deps }, request, response);
    case 'key':
      return keyedAnswerTo({ route, readBody, deps }, request, response);
    default:
      return assertNever(route);
  }
}

/** The time that the client takes for its body is its own. */
async function keyedAnswerTo(
  { route, readBody, deps }: Serving<KeyedRoute>,
  request: Request,
  response: Response,
): Promise<Reply> {
  const { admission, stallTimeoutMs } = deps;
  const startedAt = performance.now();
  const admitted = await withStallTimeout(stallTimeoutMs, () =>
    admission.during(priorityOf(route), () => admit(route, deps, { request, response })),
  );
  if (admitted.kind === 'turned-away') return paced(admitted.reply, deps, response);
  const leftMs = stallTimeoutMs - (performance.now() - startedAt);
  const { context, once, holder } = admitted;
  const read = await readBody?.(request, response);
  if (read && 'status' in read) return paced(problem(read), deps, response);
  const refused = read && refusalOf(read, { route, deps, holder, response });
  if (refused) return paced(problem(refused), deps, response);
  const call = { ...rawCallOf(request), ...(once && { once }) };
  return runInShare({ route, readBody, deps }, call, { context, leftMs, weight: read ?? bodyless });
}

/** Lets a reply wait where no key stands for its request. */
async function paced(
  reply: Reply,
  { admission }: Pick<ApiDependencies, 'admission'>,
  response: Response,
): Promise<Reply> {
  if (isUnpaced(reply)) await admission.turn('anonymous', goneOf(response));
  return reply;
}

/** A forger waits for its answer like anybody without a key. */
async function signedAnswerTo(
  { route, readBody, deps }: Serving<SignedRoute>,
  request: Request,
  response: Response,
): Promise<Reply> {
  const read = await readBody?.(request, response);
  if (read && 'status' in read) return problem(read);
  const { headers, originalUrl: url } = request;
  const body: unknown = request.body;
  const rawBody = body instanceof Uint8Array ? body : new Uint8Array();
  const sent = { sent: { headers, rawBody, url } };
  const call = { ...rawCallOf(request), body: undefined };
  const work = () => route.operation.run(call, sent, deps);
  const { admission, stallTimeoutMs } = deps;
  const reply = await withStallTimeout(stallTimeoutMs, () => admission.during('events', work));
  return paced(reply, deps, response);
}

type Running = Readonly<{
  context: CallerContext;
  /** The rest of the time without progress. To wait for room takes none of it. */
  leftMs: number;
  weight: Weight;
}>;

/** Does the work once its workspace has room for it. */
async function runInShare(
  { route, deps }: Serving<KeyedRoute>,
  call: RawCall,
  { context, leftMs, weight }: Running,
): Promise<Reply> {
  const { admission } = deps;
  const leave = await admission.enter(context.workspace.id, weight);
  if (!leave) return problem({ ...noRoom, retryAfterS: 1 });
  const whole = { ...context, itemsAtOnce: admission.itemsAtOnce(weight) };
  return withStallTimeout(leftMs, (progressed) =>
    admission
      .during(priorityOf(route), () => route.operation.run(call, { ...whole, progressed }, deps))
      .finally(leave),
  );
}

const bodyless = { bytes: 0, items: 1 };

const crowded = 'This workspace has as many large bodies under way as it may';

const noRoom = problemOf('too-many-requests', `${crowded}; send fewer of them at once.`, [
  { pointer: '/header/authorization', code: 'workspace-share', detail: crowded },
]);

type Weighing = Pick<Serving, 'route' | 'deps'> & Readonly<{ holder: Holder; response: Response }>;

/** Weighs a body that was read. Much may have been let in while it was on its way. */
function refusalOf(
  weight: Weight,
  { route, deps: { admission }, holder, response }: Weighing,
): Problem | undefined {
  const grant = admission.weigh(holder, weight);
  const overRate = grant && overRateOf(grant, response);
  if (overRate) return overRate;
  const congestion = admission.congestionFor(priorityOf(route));
  return congestion && congested(congestion);
}

/** True where no key stands for the request, or its key asks too much. */
function isUnpaced(reply: Reply): boolean {
  return reply.kind === 'problem' && [401, 429].includes(reply.problem.status);
}

function rawCallOf({ params, query, headers, body }: Request): RawCall {
  return { params, query, headers, body: body as unknown };
}

async function send(response: Response, reply: Reply, { route, deps }: Serving): Promise<void> {
  switch (reply.kind) {
    case 'json':
      response.status(reply.status).set(reply.headers).json(reply.body);
      return;
    case 'text':
      response.status(reply.status).set(reply.headers).type(reply.type).send(reply.text);
      return;
    case 'parts':
      response.status(200).type(reply.type);
      return sendParts(response, reply.parts, (work) =>
        withStallTimeout(deps.stallTimeoutMs, () => deps.admission.during(priorityOf(route), work)),
      );
    case 'nothing':
      response.status(204).end();
      return;
    case 'problem':
      sendProblem(response, reply.problem);
      return;
  }
}

function expressPathOf({ path }: Route): string {
  return path.replaceAll(/\{(\w+)\}/g, ':$1');
}

function methodsByPath(routes: readonly Route[]): ReadonlyMap<string, string> {
  const byPath = new Map<string, string>();
  for (const route of routes) {
    const path = expressPathOf(route);
    const before = byPath.get(path);
    byPath.set(path, [before, route.method.toUpperCase()].filter(Boolean).join(', '));
  }
  return byPath;
}
