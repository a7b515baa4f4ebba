type Verb = (...args: never[]) => Promise<unknown>;
type Verbs = Readonly<Record<string, unknown>>;

/** Thrown in place of an answer. The write is done, and the process that asked for it is gone. */
export class Crash extends Error {}

/** Counts writes over several sets of verbs; a crash comes right after the `last` one. */
export type Fuse = Readonly<{ written(): number; pass<Result>(result: Result): Result }>;

export function fuse(last = Infinity): Fuse {
  let count = 0;
  return {
    written: () => count,
    pass: (result) => {
      count += 1;
      if (count >= last) throw new Crash();
      return result;
    },
  };
}

/** The same verbs, of which those named in `writes` burn the fuse. */
export function interrupted<Set extends Verbs>(
  verbs: Set,
  writes: readonly (keyof Set)[],
  { pass }: Fuse,
): Set {
  const wrapped = writes.map((name) => {
    const verb = verbs[name as string] as Verb;
    return [name, async (...args: never[]) => pass(await verb(...args))];
  });
  return { ...verbs, ...(Object.fromEntries(wrapped) as Set) };
}
