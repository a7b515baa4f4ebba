import type { Fault } from '../journeys/domain-error';
import { problemOf, type Problem, type ProblemKind } from './problem';

type Headers = Readonly<Record<string, string>>;

/** What an operation answers; the shell adds the request id. */
export type Reply =
  | Readonly<{ kind: 'json'; status: number; body: unknown; headers?: Headers }>
  | Readonly<{ kind: 'text'; status: number; type: string; text: string; headers?: Headers }>
  | Readonly<{ kind: 'problem'; problem: Problem }>;

export function json(status: number, body: unknown, headers: Headers = {}): Reply {
  return { kind: 'json', status, body, headers };
}

export function text(status: number, type: string, content: string): Reply {
  return { kind: 'text', status, type, text: content };
}

export function problem(given: Problem): Reply {
  return { kind: 'problem', problem: given };
}

/** `detail` names the thing and the remedy. */
export function refusal(kind: ProblemKind, detail: string, faults: readonly Fault[] = []): Reply {
  return problem(problemOf(kind, detail, faults));
}
