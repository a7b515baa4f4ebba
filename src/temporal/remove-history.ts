import type { Client } from '@temporalio/client';
import { endIfWedged } from './end-wedged';
import { describe, unlessGone, workflowStatus } from './workflow-state';

/**
 * Deletes every run of a workflow that has closed. The latest goes last, so that the rest is found
 * again after a crash. A workflow that cannot run is terminated, and removed the next time.
 */
export async function removeHistory(
  client: Client,
  workflowId: string,
): Promise<'removed' | 'running'> {
  const latest = await describe(client, workflowId);
  if (!latest) return 'removed';
  if (latest.status === workflowStatus.running) {
    await endIfWedged(client, workflowId, latest);
    return 'running';
  }
  for (const runId of await runsUpTo(client, workflowId, latest.runId)) {
    await unlessGone(() =>
      client.workflowService.deleteWorkflowExecution({
        namespace: client.options.namespace,
        workflowExecution: { workflowId, runId },
      }),
    );
  }
  return 'removed';
}

/** Oldest first. The first event of a run names the run that it continues. */
async function runsUpTo(
  client: Client,
  workflowId: string,
  latest: string,
): Promise<readonly string[]> {
  const runs: string[] = [];
  let runId = latest;
  while (runId !== '') {
    runs.unshift(runId);
    const execution = { workflowId, runId };
    const answer = await unlessGone(() =>
      client.workflowService.getWorkflowExecutionHistory({
        namespace: client.options.namespace,
        execution,
        maximumPageSize: 1,
      }),
    );
    const [first] = answer?.history?.events ?? [];
    runId = first?.workflowExecutionStartedEventAttributes?.continuedExecutionRunId ?? '';
  }
  return runs;
}
