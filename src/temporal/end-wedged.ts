import type { Client } from '@temporalio/client';
import { unlessGone, type Described } from './workflow-state';

/** Temporal tries a task again at once until this attempt, then more and more seldom. */
const hopelessAttempt = 4;

/** Terminates a workflow whose task fails again and again, since it can hear no signal. */
export async function endIfWedged(
  client: Client,
  workflowId: string,
  { runId, attempt }: Pick<Described, 'runId' | 'attempt'>,
): Promise<void> {
  if (attempt < hopelessAttempt) return;
  await unlessGone(() =>
    client.workflowService.terminateWorkflowExecution({
      namespace: client.options.namespace,
      workflowExecution: { workflowId, runId },
      reason: 'Its contact is erased, and its workflow task fails again and again',
    }),
  );
}
