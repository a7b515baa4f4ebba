/** The simulated clock, in milliseconds, and what is due by it. */
export type Agenda = Readonly<{
  now: () => number;
  after: (ms: number, happen: () => void) => void;
  /** Lets the earliest happen. False where nothing is left. */
  proceed: () => boolean;
}>;

type Due = Readonly<{ at: number; n: number; happen: () => void }>;

/** On equal instants the order is that of the calls. */
export function createAgenda(): Agenda {
  const heap: Due[] = [];
  let now = 0;
  let added = 0;
  return {
    now: () => now,
    after: (ms, happen) => {
      added += 1;
      heap.push({ at: now + ms, n: added, happen });
      rise(heap);
    },
    proceed: () => {
      const [first] = heap;
      const last = heap.pop();
      if (first === undefined || last === undefined) return false;
      if (heap.length > 0) {
        heap[0] = last;
        sink(heap);
      }
      now = first.at;
      first.happen();
      return true;
    },
  };
}

function rise(heap: Due[]): void {
  let at = heap.length - 1;
  while (at > 0) {
    const above = Math.floor((at - 1) / 2);
    if (!swapIfBefore(heap, at, above)) return;
    at = above;
  }
}

function sink(heap: Due[]): void {
  let at = 0;
  for (;;) {
    const left = 2 * at + 1;
    const least = isBefore(heap[left + 1], heap[left]) ? left + 1 : left;
    if (!swapIfBefore(heap, least, at)) return;
    at = least;
  }
}

function swapIfBefore(heap: Due[], below: number, above: number): boolean {
  const [lower, upper] = [heap[below], heap[above]];
  if (lower === undefined || upper === undefined || !isBefore(lower, upper)) return false;
  heap[below] = upper;
  heap[above] = lower;
  return true;
}

function isBefore(one: Due | undefined, other: Due | undefined): boolean {
  if (one === undefined || other === undefined) return false;
  return one.at < other.at || (one.at === other.at && one.n < other.n);
}
