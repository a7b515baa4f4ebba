import type { Fault } from '../../core/domain-error';
import type { ContactId } from '../../core/ids';
import { problemOf, type Problem, type ProblemKind } from './problems/problem';

type Headers = Readonly<Record<string, string>>;

/** The answer of an operation; the shell adds the request id. */
export type Reply =
  | Readonly<{ kind: 'json'; status: number; body: unknown; headers?: Headers; about?: ContactId }>
  | Readonly<{ kind: 'text'; status: number; type: string; text: string; headers?: Headers }>
  | Readonly<{ kind: 'parts'; type: string; parts: AsyncIterable<string> }>
  | Readonly<{ kind: 'nothing' }>
  | Readonly<{ kind: 'problem'; problem: Problem }>;

export function json(status: number, body: unknown, headers: Headers = {}): Reply {
  return { kind: 'json', status, body, headers };
}

export function text(status: number, type: string, content: string, headers: Headers = {}): Reply {
  return { kind: 'text', status, type, text: content, headers };
}

/** Marks whom an answer tells of. An erasure finds the copy that a repeat gets. */
export function about(contact: ContactId, reply: Reply): Reply {
  return reply.kind === 'json' ? { ...reply, about: contact } : reply;
}

/** An answer too long to be held at once. Each part is asked for when there is room for it. */
export function inParts(type: string, parts: AsyncIterable<string>): Reply {
  return { kind: 'parts', type, parts };
}

/** There is nothing to say beyond that it is done. */
export function nothing(): Reply {
  return { kind: 'nothing' };
}

export function problem(given: Problem): Reply {
  return { kind: 'problem', problem: given };
}

/** `detail` names the thing and the remedy. */
export function refusal(kind: ProblemKind, detail: string, faults: readonly Fault[] = []): Reply {
  return problem(problemOf(kind, detail, faults));
}
