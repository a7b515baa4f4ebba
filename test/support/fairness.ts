import { randomUUID } from 'node:crypto';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { temporal } from '@temporalio/proto';
import { fairness } from '../../dev/temporal/server';
import { sendQueue } from '../../src/contract/enrollment-workflow';
import type { Purpose } from '../../src/core/channels';
import { workspaceId } from '../../src/core/ids';
import type { Workspace } from '../../src/core/workspaces/workspace';
import { aJourney } from './core/builders';
import { startEngine, type Engine } from './engine';
import { localServer } from './processes/temporal';
import { until } from './processes/until';

/** Whose messages went out, in order. `taken` had left the queue before the others came. */
export type Fairness = Readonly<{ order: readonly string[]; taken: number }>;

type Counts = Readonly<{ backlog: number; others: number; limitMs: number }>;

/**
 * One workspace has a backlog of service messages that its provider does not take yet. Then another
 * workspace sends some of the same purpose, and the first one a receipt. Then the provider opens.
 */
export async function measureFairness({ backlog, others, limitMs }: Counts): Promise<Fairness> {
  const server = await localServer({ [fairness]: 'true', ...onePartition });
  const order: string[] = [];
  const door = createDoor();
  const engine = await startEngine(server, {
    deliver: async ({ to }) => {
      await door.opened;
      order.push(to.slice(0, to.indexOf('-')));
      return { kind: 'accepted', providerId: to };
    },
  });
  try {
    const other = { ...engine.workspace, id: workspaceId(`w-${randomUUID()}`) };
    await engine.store.workspaces.put(other);
    const receipts = { name: 'receipt', purpose: 'transactional', count: 1 } as const;
    await enter(engine, { name: 'bulk', purpose: 'service', count: backlog });
    await until(async () => (await waitingIn(server)) >= backlog - mostTaken, limitMs);
    const taken = backlog - (await waitingIn(server));
    await enter(engine, { name: 'other', purpose: 'service', count: others, tenant: other });
    await enter(engine, receipts);
    const comes = backlog - taken + others + 1;
    await until(async () => (await waitingIn(server)) >= comes, limitMs);
    door.open();
    await until(() => order.length >= backlog + others + 1, limitMs);
    return { order, taken };
  } finally {
    door.open();
    await engine.close();
    await server.teardown();
  }
}

/** Each partition of a queue takes turns by itself, so several are in order only on average. */
const onePartition = {
  'matching.numTaskqueueReadPartitions': '1',
  'matching.numTaskqueueWritePartitions': '1',
};

/** A worker takes four sends for each of its five slots. */
const mostTaken = 20;

function createDoor() {
  const opening: (() => void)[] = [];
  const opened = new Promise<void>((resolve) => {
    opening.push(resolve);
  });
  const open = () => {
    opening.forEach((each) => {
      each();
    });
  };
  return { opened, open };
}

type Crowd = Readonly<{ name: string; purpose: Purpose; count: number; tenant?: Workspace }>;

async function enter(engine: Engine, { name, purpose, count, tenant }: Crowd): Promise<void> {
  const steps = [{ id: 'tell', kind: 'send', template: name, purpose }] as const;
  await engine.publish(aJourney({ id: name, entry: { events: [name] }, steps }), tenant);
  for (let nth = 0; nth < count; nth += 1) {
    const contact = { userId: `${name}-${nth}`, email: `${name}-${nth}@shop.test` };
    await engine.receive({ name, contact, properties: {} }, tenant);
  }
}

const { TaskQueueType } = temporal.api.enums.v1;

async function waitingIn({ client, namespace }: TestWorkflowEnvironment): Promise<number> {
  const { stats } = await client.workflowService.describeTaskQueue({
    namespace: namespace ?? 'default',
    taskQueue: { name: sendQueue },
    taskQueueType: TaskQueueType.TASK_QUEUE_TYPE_ACTIVITY,
    reportStats: true,
  });
  return Number(stats?.approximateBacklogCount ?? 0);
}
