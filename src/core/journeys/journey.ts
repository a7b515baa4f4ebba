import type { Condition, FactPath } from '../conditions/condition';
import type { DurationText } from '../time/duration';
import type { Step } from './steps/kinds';

/**
 * A journey as its author writes it: plain JSON, published as an immutable version.
 * Durations are ISO 8601: `PT1H` is exact, `P1D` is a calendar day in the contact's zone.
 * A step without `next` goes on to the one below it; the last one ends the journey.
 */
export type Journey = Readonly<{
  id: string;
  name: string;
  stage: Stage;
  entry: Entry;
  exits?: readonly Exit[];
  steps: readonly Step[];
  settings?: Settings;
}>;

/** The stages of a customer's way, in order. */
export const stages = ['awareness', 'consideration', 'decision', 'retention', 'advocacy'] as const;
/** The stage that a journey serves. */
export type Stage = (typeof stages)[number];

/**
 * Says which events start an enrollment; with no `events` only the API does. The API may start any
 * journey: it passes over `when`, and keeps the other rules.
 */
export type Entry = Readonly<{
  events?: readonly string[];
  when?: Condition;
  /**
   * Paths below the entry event; the first id that they find is the key. Blank and 0 are none.
   * Without paths there is one key per contact, and `contact` as the last path gives it to an event
   * in which the others find none.
   */
  key?: readonly FactPath[];
  /**
   * A further entry event is ignored (default) or refreshes the open enrollment. `restart` counts
   * every wait anew from it as well, so that no message follows sooner on the last activity.
   */
  repeat?: 'ignore' | 'refresh' | 'restart';
  /** When the same key may enter again, counted from its previous entry; default `afterExit`. */
  again?: Again;
  /**
   * The greatest age of an entry event at its receipt; exact, default `PT36H`. An older one is
   * refused, since its messages would all be due at once.
   */
  notOlderThan?: DurationText;
  /** Starts per contact over all keys in a rolling window; what is over is refused. */
  limit?: Readonly<{ starts: number; within: DurationText }>;
}>;

/** The last path of a key: one per contact where no other path finds any. */
export const keyPerContact = 'contact';

/** Says whether a further entry event replaces the entry of an open enrollment. */
export function refreshes({ repeat }: Pick<Entry, 'repeat'>): boolean {
  return repeat === 'refresh' || repeat === 'restart';
}

/**
 * When the same key may enter again. `notAfter` is `afterExit` until an enrollment of the key has
 * ended as one of these words, and never from then on.
 */
export type Again =
  | 'never'
  | 'afterExit'
  | Readonly<{ after: DurationText }>
  | Readonly<{ notAfter: readonly string[] }>;

/** An event that ends the enrollment from any step. `when` may read `event.*` and `entry.*`. */
export type Exit = Readonly<{
  events: readonly string[];
  when?: Condition;
  /**
   * Paths among those of the entry's key. An event with an id there is about the enrollments that
   * any of their entry events gave the same id at the same path, of any contact.
   */
  key?: readonly FactPath[];
  as: string;
  /**
   * An event received this long before the opening still counts; exact. The default is `PT1H`, and
   * without end for an exit with a key.
   */
  lookBack?: DurationText;
}>;

/** Settings of the whole journey. */
export type Settings = Readonly<{
  /**
   * The greatest age of an enrollment, counted from its first entry; exact. Then it ends as
   * `expired`.
   */
  until?: DurationText;
  /** The IANA zone for contacts without one; default the workspace's. */
  zone?: string;
  /**
   * From 0 to 100, default 50. A frequency cap counts for a message only what has at least its
   * priority.
   */
  priority?: number;
}>;
