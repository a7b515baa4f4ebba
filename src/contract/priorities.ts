import type { Purpose } from '../core/channels';

/** An event brings an enrollment to a step, or time that has passed. */
export type Cause = 'event' | 'time';

/**
 * Temporal's keys of priority; a backlog begins with the lowest. An event comes from a person who
 * is there, so its message goes before those of the same purpose whose waits are over.
 */
export const sendPriority = {
  transactional: { event: 1, time: 1 },
  service: { event: 2, time: 3 },
  marketing: { event: 4, time: 5 },
} as const satisfies Record<Purpose, Record<Cause, number>>;

/** A workflow whose first wait is over yields to those that events start. They have 3. */
export const delayedStartPriority = 4;
