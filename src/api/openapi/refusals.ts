import type { ResponseConfig } from '@asteasolutions/zod-to-openapi';
import { problemSchema } from '../http/answers';
import { problemKinds, type ProblemKind } from '../http/problems/problem';
import type { Route } from '../http/route';

/** Responses by status. */
export type Responses = Readonly<Record<string, ResponseConfig>>;

/** The refusals of a route, by status: its shell's and its operation's. */
export function refusalsOf(route: Route): Responses {
  const kinds = [...kindsOfShell(route), ...(route.operation.refuses ?? [])];
  return Object.fromEntries(kinds.map((kind) => [problemKinds[kind].status, responseOf(kind)]));
}

/** Answers and refusals together. A status may have both, in different content types. */
export function merged(answers: Responses, refusals: Responses): Responses {
  const both = Object.entries(answers).map(([status, answer]) => [
    status,
    { ...answer, content: { ...refusals[status]?.content, ...answer.content } },
  ]);
  return { ...refusals, ...(Object.fromEntries(both) as Responses) };
}

function kindsOfShell({ access, operation }: Route): readonly ProblemKind[] {
  const { body, params, query, headers } = operation;
  const reads = [body, params, query, headers].some((schema) => schema !== undefined);
  const isLive = access === 'open' && !reads;
  return [
    ...(isLive ? [] : (['invalid-request'] as const)),
    ...(access === 'signed' ? ofSigned : []),
    ...(body ? (['too-slow', 'too-large', 'unsupported-media-type'] as const) : []),
    ...(access === 'key' ? ofKeys : []),
    'headers-too-large',
    'unavailable',
  ];
}

const ofSigned = ['unauthenticated', 'too-slow', 'too-large'] as const;
const ofKeys = ['unauthenticated', 'forbidden', 'too-many-requests'] as const;

const descriptions: Readonly<Partial<Record<ProblemKind, string>>> = {
  'invalid-request':
    'The request does not fit this document, or holds JSON that cannot be kept; `errors` say where',
  conflict: 'It does not fit what is there; `detail` says what does',
  unprocessable: 'It fits this document and breaks another rule; `errors` say where',
};

const integer = { schema: { type: 'integer', minimum: 0 } } as const;
const retryAfter = { 'Retry-After': { description: 'In seconds', ...integer } };

const headersOf: Readonly<Partial<Record<ProblemKind, ResponseConfig['headers']>>> = {
  unauthenticated: { 'WWW-Authenticate': { schema: { type: 'string' } } },
  'too-many-requests': retryAfter,
  unavailable: retryAfter,
};

function responseOf(kind: ProblemKind): ResponseConfig {
  const headers = headersOf[kind];
  return {
    description: descriptions[kind] ?? problemKinds[kind].title,
    ...(headers && { headers }),
    content: { 'application/problem+json': { schema: problemSchema } },
  };
}
