import type { Doc } from '../storage/document';
import { CommandError } from '../failure';

type Done<T> = Readonly<{ index: number; result: T }>;

/** What the statements of a bulk write came to; `errors` belongs into the answer as it is. */
export type Bulk<T> = Readonly<{
  done: readonly Done<T>[];
  errors: Readonly<{ writeErrors?: readonly Doc[] }>;
}>;

/** Runs the statements one by one; an ordered write stops at the first that fails. */
export function runBulk<S, T>(
  statements: readonly S[],
  ordered: boolean,
  run: (statement: S) => T,
): Bulk<T> {
  const done: Done<T>[] = [];
  const writeErrors: Doc[] = [];
  for (const [index, statement] of statements.entries()) {
    try {
      done.push({ index, result: run(statement) });
    } catch (error) {
      if (!(error instanceof CommandError)) throw error;
      const { code, message, details } = error;
      writeErrors.push({ index, code, errmsg: message, ...details });
      if (ordered) break;
    }
  }
  return { done, errors: writeErrors.length > 0 ? { writeErrors } : {} };
}
