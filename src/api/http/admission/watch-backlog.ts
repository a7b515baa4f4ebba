import type { Instant } from '../../../core/time/clock';
import type { Backlog } from '../../../store/events/events';

/** From when on no further event is taken in. */
export type BacklogMarks = Readonly<{ maxAgeMs: number; maxEvents: number }>;

/** The backlog as it was seen last. `ageMs` is the real age of the oldest pending event. */
export type BacklogSample = Readonly<{ pending: number; dead: number; ageMs: number }>;

export type BacklogWatch = Readonly<{
  latest: () => BacklogSample;
  /**
   * Whether a mark is passed. The age counts only while Temporal is away: one event that cannot
   * settle closes no door.
   */
  isOver: () => boolean;
  stop: () => Promise<void>;
}>;

type Settings = Readonly<{
  /** The first sample waits for this. So a start without MongoDB is told of once. */
  after?: Promise<unknown>;
  /** Counts no further than `most`. */
  read: (most: number) => Promise<Backlog>;
  isTemporalReachable: () => Promise<boolean>;
  realAgeOf: (receivedAt: Instant) => number;
  marks: BacklogMarks;
  onTrouble: (error: unknown, about: string) => void;
  periodMs?: number;
}>;

/** Measures the backlog again and again in the background. No request waits for it. */
export function watchBacklog({
  periodMs = 2_000,
  after = Promise.resolve(),
  onTrouble,
  ...settings
}: Settings): BacklogWatch {
  let latest: BacklogSample = { pending: 0, dead: 0, ageMs: 0 };
  let isOver = false;
  let isStopped = false;
  let timer: NodeJS.Timeout | undefined;

  const sample = async () => {
    const [backlog, isReachable] = await Promise.all([
      settings.read(settings.marks.maxEvents + 1),
      settings.isTemporalReachable(),
    ]);
    latest = sampleOf(backlog, settings.realAgeOf);
    isOver = isPast(latest, settings.marks, isReachable);
  };
  const round = async (): Promise<void> => {
    // The last sample goes on to hold: without MongoDB nothing is accepted anyway.
    await sample().catch((error: unknown) => {
      onTrouble(error, 'measuring the backlog');
    });
    if (isStopped) return;
    timer = setTimeout(() => {
      running = round();
    }, periodMs);
  };
  let running = after.then(() => (isStopped ? undefined : round()));
  return {
    latest: () => latest,
    isOver: () => isOver,
    stop: async () => {
      isStopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}

function sampleOf(
  { pending, dead, oldestReceivedAt }: Backlog,
  realAgeOf: Settings['realAgeOf'],
): BacklogSample {
  const ageMs = oldestReceivedAt === undefined ? 0 : Math.max(0, realAgeOf(oldestReceivedAt));
  return { pending, dead, ageMs };
}

function isPast(
  { pending, ageMs }: BacklogSample,
  { maxAgeMs, maxEvents }: BacklogMarks,
  isReachable: boolean,
): boolean {
  return pending > maxEvents || (ageMs > maxAgeMs && !isReachable);
}
