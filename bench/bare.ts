import { randomUUID } from 'node:crypto';
import { defaultPayloadConverter, toPayloads } from '@temporalio/common';
import type { Bench } from './bench';
import { closedLoop } from './closed-loop';

const lanes = 32;

type BareStart = Readonly<{ workflow?: string; startDelay?: '30 days' }>;

/** Starts bare workflows and answers their ids. */
export async function startBare(
  { temporal, bareQueue }: Bench,
  name: string,
  count: number,
  { workflow = 'bare', ...options }: BareStart = {},
): Promise<readonly string[]> {
  const ids = Array.from({ length: count }, (_, n) => `bare-${name}-${n}`);
  await closedLoop({ count, lanes }, async (n) => {
    await temporal.workflow.start(workflow, {
      ...options,
      workflowId: ids[n] ?? '',
      taskQueue: bareQueue,
    });
  });
  return ids;
}

/** One raw signal, as large as the one the product sends. */
export async function tellBare({ temporal }: Bench, workflowId: string, n: number): Promise<void> {
  const event = {
    id: `ping-${n}`,
    name: 'Ping',
    occurredAt: n,
    receivedAt: n,
    properties: {},
    effect: { kind: 'told' },
  };
  await temporal.workflowService.signalWorkflowExecution({
    namespace: temporal.options.namespace,
    workflowExecution: { workflowId },
    signalName: 'events',
    requestId: randomUUID(),
    input: { payloads: toPayloads(defaultPayloadConverter, [event]) ?? [] },
  });
}
