import type { Client } from '@temporalio/client';
import { describe, unlessGone, workflowStatus, type Described } from './workflow-state';

/** Temporal tries a task again at once until this attempt, then more and more seldom. */
const hopelessAttempt = 4;

/**
 * Terminates a workflow whose task fails again and again, since it can hear no signal. `working`: a
 * task of it is due, which may fail yet.
 */
export async function endWedged(client: Client, workflowId: string): Promise<'quiet' | 'working'> {
  const latest = await describe(client, workflowId);
  if (latest?.status !== workflowStatus.running || latest.attempt === 0) return 'quiet';
  return (await endIfWedged(client, workflowId, latest)) ? 'quiet' : 'working';
}

/** Says whether it was terminated. */
export async function endIfWedged(
  client: Client,
  workflowId: string,
  { runId, attempt }: Pick<Described, 'runId' | 'attempt'>,
): Promise<boolean> {
  if (attempt < hopelessAttempt) return false;
  await unlessGone(() =>
    client.workflowService.terminateWorkflowExecution({
      namespace: client.options.namespace,
      workflowExecution: { workflowId, runId },
      reason: 'It is to end, and its workflow task fails again and again',
    }),
  );
  return true;
}
