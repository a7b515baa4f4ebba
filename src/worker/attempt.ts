import { Context } from '@temporalio/activity';
import type { Attempt } from '../activities/dependencies';

/** Temporal's word on the attempt of the activity that runs now. */
export function currentAttempt(): Attempt {
  const { attempt, currentAttemptScheduledTimestampMs } = Context.current().info;
  return { number: attempt, scheduledAt: currentAttemptScheduledTimestampMs };
}
