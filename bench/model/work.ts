/** CPU at a part. A group pays `sharedMs` once, and `ms` for each of its members. */
export type Burst = Readonly<{ kind: 'burst'; part: string; ms: number; sharedMs?: number }>;

/** Time without CPU: a disk, a network. */
export type Pause = Readonly<{ kind: 'pause'; ms: number }>;

export type Step = Burst | Pause;

/**
 * Steps that concurrent work of one process does together. At most `atOnce` groups are under way;
 * whatever comes meanwhile forms the next.
 */
export type Command = Readonly<{
  kind: 'command';
  name: string;
  atOnce: number;
  steps: readonly [Burst, ...Step[]];
}>;

/** A kind of work: how it arrives, and what it takes. */
export type Work = Readonly<{
  name: string;
  /** A rate, answered or not, or a number of lanes in which one follows the other. */
  arrivals: Readonly<{ perSecond: number } | { lanes: number }>;
  steps: readonly (Step | Command)[];
  /** The number of steps before its answer. The others come after it. */
  answeredAfter: number;
}>;

/** Each process of a part has a queue of its own, and so many threads. */
export type Part = Readonly<{ processes: number; threads: number }>;

/** Parts that share the cores of one machine. */
export type House = Readonly<{ cores: number; parts: Readonly<Record<string, Part>> }>;
