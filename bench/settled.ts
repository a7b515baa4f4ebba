import { setTimeout as pause } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import type { Product } from './bench';
import { closedLoop } from './closed-loop';

/** Waits until the worker has done all that these workflows have been told. */
export async function untilSettled({ temporal }: Product, ids: readonly string[]): Promise<void> {
  await closedLoop({ count: ids.length, lanes: 16 }, async (n) => {
    const id = ids[n] ?? '';
    while (await hasTask(temporal, id)) await pause(20);
  });
}

async function hasTask({ workflowService, options }: Client, workflowId: string): Promise<boolean> {
  const { pendingWorkflowTask } = await workflowService.describeWorkflowExecution({
    namespace: options.namespace,
    execution: { workflowId },
  });
  return pendingWorkflowTask !== null && pendingWorkflowTask !== undefined;
}

/** Waits until Temporal has taken every signal that an event was to cause. */
export async function untilDelivered({ events }: Product): Promise<void> {
  while ((await events.countDocuments({ status: 'pending' }, { limit: 1 })) > 0) await pause(20);
}
