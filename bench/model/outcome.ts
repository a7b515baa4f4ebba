/** The delays of a kind of work in milliseconds. */
export type Delays = Readonly<{ mean: number; p50: number; p99: number }>;

export type Outcome = Readonly<{
  /** By name of the work. */
  works: Readonly<Record<string, Readonly<{ perSecond: number; answered: Delays; done: Delays }>>>;
  /** The mean number of cores that each part keeps busy. */
  busy: Readonly<Record<string, number>>;
  /** The mean number of pieces of work that are not done. */
  underWay: number;
  /** The mean number of members of a shared command. */
  groupSize: number;
}>;

export type Done = Readonly<{ answeredMs: number; doneMs: number }>;

export type Log = Readonly<{
  used: (part: string, ms: number) => void;
  began: () => void;
  done: (work: string, done: Done) => void;
  outcome: (groupSize: number) => Outcome;
}>;

/** Writes down what happens between two instants. */
export function createLog(now: () => number, from: number, to: number): Log {
  const used = new Map<string, number>();
  const works = new Map<string, Done[]>();
  let present = 0;
  let area = 0;
  let at = from;
  const within = () => now() >= from && now() < to;
  const count = (change: number) => {
    const until = Math.min(Math.max(now(), from), to);
    area += present * (until - at);
    at = until;
    present += change;
  };
  return {
    used: (part, ms) => {
      if (within()) used.set(part, (used.get(part) ?? 0) + ms);
    },
    began: () => {
      count(1);
    },
    done: (work, done) => {
      count(-1);
      if (!within()) return;
      const all = works.get(work) ?? [];
      all.push(done);
      works.set(work, all);
    },
    outcome: (groupSize) => {
      count(0);
      return {
        works: Object.fromEntries([...works].map(([name, all]) => [name, sumUp(all, to - from)])),
        busy: Object.fromEntries([...used].map(([part, ms]) => [part, ms / (to - from)])),
        underWay: area / (to - from),
        groupSize,
      };
    },
  };
}

function sumUp(all: readonly Done[], forMs: number) {
  return {
    perSecond: (all.length / forMs) * 1_000,
    answered: delaysOf(all.map(({ answeredMs }) => answeredMs)),
    done: delaysOf(all.map(({ doneMs }) => doneMs)),
  };
}

export function delaysOf(delays: readonly number[]): Delays {
  const sorted = delays.toSorted((one, other) => one - other);
  const share = (of: number) => sorted[Math.floor((sorted.length - 1) * of)] ?? NaN;
  const mean = sorted.reduce((sum, delay) => sum + delay, 0) / sorted.length;
  return { mean, p50: share(0.5), p99: share(0.99) };
}
