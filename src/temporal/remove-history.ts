import { isGrpcServiceError, type Client } from '@temporalio/client';

const notFound = 5;
const running = 1;

/**
 * Deletes every run of a workflow that has closed. The latest goes last, so that the rest is found
 * again after a crash.
 */
export async function removeHistory(
  client: Client,
  workflowId: string,
): Promise<'removed' | 'running'> {
  const latest = await unlessGone(() => describe(client, workflowId));
  if (!latest) return 'removed';
  if (Number(latest.status) === running) return 'running';
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

async function describe(client: Client, workflowId: string) {
  const { workflowExecutionInfo } = await client.workflowService.describeWorkflowExecution({
    namespace: client.options.namespace,
    execution: { workflowId },
  });
  return {
    runId: workflowExecutionInfo?.execution?.runId ?? '',
    status: workflowExecutionInfo?.status,
  };
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

async function unlessGone<Answer>(call: () => Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await call();
  } catch (error) {
    const code: number | undefined = isGrpcServiceError(error) ? error.code : undefined;
    if (code === notFound) return undefined;
    throw error;
  }
}
