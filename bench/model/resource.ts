export type Resource = Readonly<{
  /** Goes on as soon as there is a place. First come, first served. */
  seize: (then: () => void) => void;
  release: () => void;
}>;

const forgotten = 10_000;

/** Places with a queue before them: the cores of a machine, the threads of a process. */
export function createResource(places: number): Resource {
  const waiting: (() => void)[] = [];
  let first = 0;
  let free = places;
  return {
    seize: (then) => {
      if (free === 0) waiting.push(then);
      else {
        free -= 1;
        then();
      }
    },
    release: () => {
      const next = waiting[first];
      if (next === undefined) {
        free += 1;
        return;
      }
      first += 1;
      if (first === forgotten) {
        waiting.splice(0, forgotten);
        first = 0;
      }
      next();
    },
  };
}
