import pLimit from 'p-limit';
import { DomainError } from '../../core/domain-error';
import { groupBy } from '../../core/group-by';
import type { RecordedEvent } from '../../core/events/recorded-event';
import type { DueEvent } from '../../store/events/events';
import { startEnrollment } from '../reach-workflow';
import { leaseMs, type IntakeDependencies } from '../dependencies';
import { settle, settleAlone } from './settle';

const batch = 100;
/** While Temporal is away each group takes as long as the deadline of its call. */
const laneCount = 10;
const longestPauseMs = 30_000;

/**
 * Settles events that were just acknowledged. Trouble is left to the re-drive, which takes over
 * when the lease has run out.
 */
export async function settleOrLeave(
  dependencies: IntakeDependencies,
  events: readonly RecordedEvent[],
): Promise<void> {
  await settle(dependencies, events).catch((error: unknown) => {
    dependencies.onTrouble(error, `settling ${events.map(({ key }) => key).join(' ')}`);
  });
}

/**
 * Takes over pending events and unstarted enrollments that their process has not finished. Answers
 * how many it found.
 */
export async function redriveOnce(dependencies: IntakeDependencies): Promise<number> {
  const { store, clock } = dependencies;
  const claim = { now: clock.realNow(), leaseMs: 3 * leaseMs, limit: batch };
  const events = await store.events.claimPending(claim);
  if (events.length > 0) dependencies.failpoint('in-redrive');
  const lanes = pLimit(laneCount);
  await lanes.map(byContact(events), (group) => redriveContact(dependencies, group));
  const unstarted = await store.enrollments.claimUnstarted(claim);
  await lanes.map(unstarted, (enrollment) =>
    startEnrollment(dependencies, enrollment).catch((error: unknown) => {
      dependencies.onTrouble(error, `starting ${enrollment.id}`);
    }),
  );
  return events.length + unstarted.length;
}

function byContact(events: readonly DueEvent[]): readonly (readonly DueEvent[])[] {
  return [...groupBy(events, ({ workspace, contact }) => `${workspace}/${contact}`).values()];
}

/**
 * A poisonous event does not hold back the others of its contact. Trouble that passes holds back
 * the events that came after it.
 */
async function redriveContact(
  dependencies: IntakeDependencies,
  events: readonly DueEvent[],
): Promise<void> {
  if ((await troubleOf(settle(dependencies, events))) === undefined) return;
  for (const event of events) {
    const trouble = await troubleOf(settleAlone(dependencies, event));
    if (trouble === undefined) continue;
    dependencies.onTrouble(trouble.error, `settling ${event.key}`);
    if (!isPoison(trouble.error)) return postpone(dependencies, event);
    await dependencies.store.events.bury(event.workspace, event.key, trouble.error.message);
  }
}

async function troubleOf(work: Promise<void>): Promise<Readonly<{ error: unknown }> | undefined> {
  try {
    await work;
    return undefined;
  } catch (error) {
    return { error };
  }
}

/** A retry cannot mend it: the event is set aside as dead, listed and replayable. */
function isPoison(error: unknown): error is DomainError {
  return error instanceof DomainError && error.code !== 'unavailable';
}

async function postpone({ store, clock }: IntakeDependencies, event: DueEvent): Promise<void> {
  const attempts = event.attempts + 1;
  const nextAt = clock.realNow() + Math.min(longestPauseMs, 500 * 2 ** attempts);
  await store.events.postpone(event.workspace, event.key, { nextAt, attempts });
}
