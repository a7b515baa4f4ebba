import { isGrpcServiceError, type Client } from '@temporalio/client';
import { DomainError } from '../core/domain-error';
import type { WorkflowState } from './enrollment-workflows';

/** Statuses of a workflow, as Temporal's protocol numbers them. */
export const workflowStatus = { running: 1, canceled: 4, terminated: 5, paused: 8 } as const;

/** The latest run of a workflow. */
export type Described = Readonly<{
  runId: string;
  status: number;
  closedAt: number;
  /** The attempt of the workflow task that is due; 0 where none is. */
  attempt: number;
}>;

const notFound = 5;

/** The state of the latest run of a workflow. */
export async function stateOf(client: Client, workflowId: string): Promise<WorkflowState> {
  const latest = await describe(client, workflowId);
  if (!latest) {
    await confirmNamespace(client);
    return { kind: 'lost' };
  }
  switch (latest.status) {
    case workflowStatus.running:
    case workflowStatus.paused:
      return { kind: 'running' };
    case workflowStatus.canceled:
    case workflowStatus.terminated:
      return { kind: 'stopped', at: latest.closedAt };
    default:
      return { kind: 'lost' };
  }
}

/** The latest run of a workflow. Undefined where Temporal does not know it. */
export async function describe(client: Client, workflowId: string): Promise<Described | undefined> {
  const answer = await unlessGone(() =>
    client.workflowService.describeWorkflowExecution({
      namespace: client.options.namespace,
      execution: { workflowId },
    }),
  );
  if (!answer) return undefined;
  const { execution, status, closeTime } = answer.workflowExecutionInfo ?? {};
  return {
    runId: execution?.runId ?? '',
    status: Number(status),
    closedAt: Number(closeTime?.seconds ?? 0) * 1_000 + (closeTime?.nanos ?? 0) / 1e6,
    attempt: attemptIn(answer),
  };
}

type Answer = Awaited<ReturnType<Client['workflowService']['describeWorkflowExecution']>>;

function attemptIn({ pendingWorkflowTask }: Answer): number {
  return pendingWorkflowTask?.attempt ?? 0;
}

/** Answers undefined where Temporal does not know the subject of a call. */
export async function unlessGone<Answer>(call: () => Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await call();
  } catch (error) {
    const code: number | undefined = isGrpcServiceError(error) ? error.code : undefined;
    if (code === notFound) return undefined;
    throw error;
  }
}

async function confirmNamespace(client: Client): Promise<void> {
  const { namespace } = client.options;
  if (await unlessGone(() => client.workflowService.describeNamespace({ namespace }))) return;
  throw new DomainError('unavailable', `Temporal has no namespace "${namespace}"; create it`);
}
