import type { RequestHandler, Response } from 'express';
import type { Fault } from '../../../core/domain-error';
import { requestIdOf } from '../request-id';

/** The kinds of problems that the API answers. */
export const problemKinds = {
  'malformed-request': { status: 400, title: 'The request cannot be read' },
  'malformed-body': { status: 400, title: 'The body cannot be read' },
  'invalid-request': { status: 400, title: 'The request does not fit its schema' },
  unauthenticated: { status: 401, title: 'No valid API key' },
  forbidden: { status: 403, title: 'The API key may not do this' },
  'not-found': { status: 404, title: 'Not found' },
  'method-not-allowed': { status: 405, title: 'Method not allowed' },
  'too-slow': { status: 408, title: 'The body took too long' },
  conflict: { status: 409, title: 'Conflict' },
  'too-large': { status: 413, title: 'The body is too large' },
  'unsupported-media-type': { status: 415, title: 'The body has an unsupported type' },
  unprocessable: { status: 422, title: 'The content is well-formed and wrong' },
  'too-many-requests': { status: 429, title: 'Too many requests' },
  'headers-too-large': { status: 431, title: 'The headers are too large' },
  internal: { status: 500, title: 'Internal error' },
  unavailable: { status: 503, title: 'Temporarily unavailable' },
} as const satisfies Record<string, Readonly<{ status: number; title: string }>>;

export type ProblemKind = keyof typeof problemKinds;

/**
 * RFC 9457. `errors` point into the body by RFC 6901, or to `/query/{name}`, `/path/{name}` and
 * `/header/{name}`.
 */
export type Problem = Readonly<{
  type: string;
  title: string;
  status: number;
  detail: string;
  errors: readonly Fault[];
  /** When to come back, in seconds; without it a 503 says a random one. */
  retryAfterS?: number;
}>;

const mostErrors = 20;
const longestDetail = 1_000;

/** A problem with the first 20 errors. A body may have a fault in every line. */
export function problemOf(
  kind: ProblemKind,
  detail: string,
  errors: readonly Fault[] = [],
): Problem {
  return {
    type: `urn:itinera:problem:${kind}`,
    ...problemKinds[kind],
    detail: cut(detail),
    errors: errors.slice(0, mostErrors).map((fault) => ({ ...fault, detail: cut(fault.detail) })),
  };
}

function cut(text: string): string {
  return text.length > longestDetail ? `${text.slice(0, longestDetail)}…` : text;
}

/** Answers with the problem document; its `instance` is the request id. */
export function sendProblem(response: Response, problem: Problem): void {
  const { retryAfterS = pauseAfter(problem, response) } = problem;
  if (retryAfterS !== undefined) response.set('Retry-After', String(retryAfterS));
  response
    .status(problem.status)
    .type('application/problem+json')
    .send(documentOf(problem, requestIdOf(response)));
}

/** The JSON text of a problem. */
export function documentOf(
  { errors, retryAfterS: _pause, ...members }: Problem,
  instance: string,
): string {
  return JSON.stringify({ ...members, instance, ...(errors.length > 0 && { errors }) });
}

const longestPauseS = 5;

/**
 * Draws the pause that a client is asked to make if its request fails. Clients that fail together
 * must not return together.
 */
export function drawPause(random: () => number): RequestHandler {
  return (_request, response, next) => {
    response.locals['pauseS'] = 1 + Math.floor(random() * longestPauseS);
    next();
  };
}

function pauseAfter({ status }: Problem, { locals }: Response): number | undefined {
  return status === 503 ? Number(locals['pauseS'] ?? 1) : undefined;
}
