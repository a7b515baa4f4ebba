import { setTimeout as pause } from 'node:timers/promises';
import { Context } from '@temporalio/activity';
import type { ActivityDependencies } from '../activities/dependencies';
import type { EmailProvider } from '../channels/channel';
import type { ReachFailpoint } from '../process/failpoints';
import type { Clock } from '../core/time/clock';
import type { Links } from '../links/token';
import type { Store } from '../store/store';

type Given = Readonly<{
  store: Store;
  email: EmailProvider;
  links: Links;
  clock: Clock;
  failpoint?: ReachFailpoint;
}>;

/** Completes what the process gives with the system's clock and Temporal's word on the attempt under way. */
export function activityDependencies({
  store,
  email,
  links,
  clock,
  failpoint: passing,
}: Given): ActivityDependencies {
  return {
    store,
    email,
    failpoint: passing ?? (() => undefined),
    unsubscribeUrl: (workspace, contact) =>
      links.unsubscribeUrl({
        workspace,
        contact: contact.id,
        channel: 'email',
        purpose: 'marketing',
      }),
    clock,
    attempt: () => {
      const { attempt, currentAttemptScheduledTimestampMs } = Context.current().info;
      return { number: attempt, scheduledAt: currentAttemptScheduledTimestampMs };
    },
    pause: async (ms) => {
      await pause(ms);
    },
  };
}
