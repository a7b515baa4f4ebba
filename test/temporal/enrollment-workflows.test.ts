import { temporal } from '@temporalio/proto';
import { Client } from '@temporalio/client';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { realTime } from '../../src/core/time/clock';
import { compile } from '../../src/core/journeys/compile';
import { enrollmentId, eventKey, workspaceId } from '../../src/core/ids';
import type { HeardEvent } from '../../src/core/enrollments/progress';
import { createEnrollmentWorkflows } from '../../src/temporal/create-enrollment-workflows';
import type { EnrollmentWorkflows } from '../../src/temporal/enrollment-workflows';
import {
  enrollmentWorkflow,
  journeyQueue,
  type EnrollmentInput,
} from '../../src/contract/enrollment-workflow';
import { anEnrollment } from '../store/builders';
import { aJourney } from '../support/core/builders';
import { deletingSoon, localServer } from '../support/processes/temporal';
import { until } from '../support/processes/until';

const { contact, snapshot: entry, firstEntryAt, openedAt } = anEnrollment(1);
const order: HeardEvent = {
  id: eventKey('order'),
  name: 'Order Completed',
  occurredAt: 1,
  receivedAt: 1,
  properties: {},
  effect: { kind: 'told' },
};

function inputOf(name: string): EnrollmentInput {
  return {
    workspace: workspaceId('shop'),
    enrollment: enrollmentId(name),
    contact,
    journey: compile(aJourney(), 1),
    opening: { entry, firstEntryAt, openedAt },
    clock: realTime,
  };
}

describe('the workflows of enrollments', () => {
  let server: TestWorkflowEnvironment;
  let workflows: EnrollmentWorkflows;
  const counted: string[] = [];

  beforeAll(async () => {
    server = await localServer(deletingSoon);
    workflows = createEnrollmentWorkflows({
      client: () => server.client,
      count: (method) => counted.push(method),
    });
  });
  afterAll(async () => {
    await server.teardown();
  });

  async function signalsOf(name: string): Promise<number> {
    const { events } = await server.client.workflow.getHandle(name).fetchHistory();
    return (events ?? []).filter((event) => event.workflowExecutionSignaledEventAttributes).length;
  }

  it('take the same events once, however often the call is repeated', async () => {
    const input = inputOf('told-twice');
    await workflows.start(input);

    const answers = [
      await workflows.tell(input.enrollment, [order]),
      await workflows.tell(input.enrollment, [order]),
    ];

    expect(answers).toEqual(['told', 'told']);
    expect(await signalsOf('told-twice')).toBe(1);
  });

  it('start once, also when the first has ended', async () => {
    const input = inputOf('started-twice');
    const handle = server.client.workflow.getHandle('started-twice');
    await workflows.start(input);
    const { runId } = await handle.describe();
    await handle.terminate();

    await workflows.start(input);

    expect(await handle.describe()).toMatchObject({ runId, status: { name: 'TERMINATED' } });
  });

  it('answer the same for one that has ended and one never started', async () => {
    const input = inputOf('ended');
    await workflows.start(input);
    await server.client.workflow.getHandle('ended').terminate();

    const ended = await workflows.tell(input.enrollment, [order]);
    const never = await workflows.tell(enrollmentId('never'), [order]);

    expect([ended, never]).toEqual(['not-found', 'not-found']);
  });

  it('begin before their delay is over only for a signal that wakes them', async () => {
    const input = inputOf('delayed');
    const handle = server.client.workflow.getHandle('delayed');
    const hasTask = async () => Boolean((await handle.describe()).raw.pendingWorkflowTask);
    await workflows.start(input, { delayMs: 3_600_000, details: 'waits' });
    const { runId } = await handle.describe();

    await workflows.tell(input.enrollment, [order]);
    const afterSignal = await hasTask();
    const woken = await workflows.tell(input.enrollment, [order], input);

    expect([afterSignal, woken, await hasTask()]).toEqual([false, 'told', true]);
    expect(await handle.describe()).toMatchObject({ runId });
  });

  it('say of a signal that is too large for Temporal that it is invalid, also to wake', async () => {
    const input = inputOf('large');
    const large = { ...order, properties: { note: 'x'.repeat(2_500_000) } };
    await workflows.start(input, { delayMs: 3_600_000, details: 'waits' });

    const outcomes = await Promise.allSettled([
      workflows.tell(input.enrollment, [large]),
      workflows.tell(input.enrollment, [large], input),
    ]);

    const invalid = { status: 'rejected', reason: { code: 'invalid' } };
    expect(outcomes).toMatchObject([invalid, invalid]);
  });

  it('are not started anew by a signal that comes to wake one that has ended', async () => {
    const input = inputOf('ended-while-delayed');
    const handle = server.client.workflow.getHandle('ended-while-delayed');
    await workflows.start(input, { delayMs: 3_600_000, details: 'waits' });
    await handle.terminate();

    const answer = await workflows.tell(input.enrollment, [order], input);

    expect(answer).toBe('not-found');
    expect(await handle.describe()).toMatchObject({ status: { name: 'TERMINATED' } });
  });

  it('fault 8: say that they run, were stopped by somebody, or are unknown', async () => {
    const { enrollment } = inputOf('asked');
    const handle = server.client.workflow.getHandle('asked');
    await workflows.start(inputOf('asked'));
    const before = Date.now();
    const running = await workflows.stateOf(enrollment);
    await handle.terminate();
    const stopped = await workflows.stateOf(enrollment);
    const never = await workflows.stateOf(enrollmentId('never'));

    expect(running).toEqual({ kind: 'running' });
    expect(never).toEqual({ kind: 'lost' });
    expect(stopped.kind === 'stopped' && stopped.at).toBeGreaterThan(before - 1_000);
    expect(stopped.kind === 'stopped' && stopped.at).toBeLessThan(Date.now() + 1_000);
  });

  it('fault 8: lose nobody where the whole namespace is unknown', async () => {
    const { connection } = server.client;
    const client = new Client({ connection, namespace: 'elsewhere' });
    const elsewhere = createEnrollmentWorkflows({ client: () => client, count: () => undefined });

    await expect(elsewhere.stateOf(enrollmentId('never'))).rejects.toMatchObject({
      code: 'unavailable',
    });
  });

  it('are deleted once they have closed, with every run, and as often as they are asked to', async () => {
    const input = inputOf('deleted');
    const { enrollment } = input;
    await workflows.start(input);
    const first = await runOf('deleted');
    await goOnAsNew('deleted');
    const second = await runOf('deleted');

    const early = await workflows.remove(enrollment);
    await server.client.workflow.getHandle('deleted').terminate();
    const late = await workflows.remove(enrollment);

    expect(second).not.toBe(first);
    expect([early, late]).toEqual(['running', 'removed']);
    await until(async () => (await isGone(first)) && (await isGone(second)), 30_000);
    expect(await workflows.remove(enrollment)).toBe('removed');
    expect(await workflows.remove(enrollmentId('never'))).toBe('removed');
  });

  async function runOf(name: string): Promise<string> {
    return (await server.client.workflow.getHandle(name).describe()).runId;
  }

  async function isGone(run: string): Promise<boolean> {
    const handle = server.client.workflow.getHandle('deleted', run);
    return handle.describe().then(
      () => false,
      () => true,
    );
  }

  /** Does the worker's part by hand: one workflow task, answered by a new run. */
  async function goOnAsNew(name: string): Promise<void> {
    const { workflowService, options } = server.client;
    const { namespace } = options;
    const taskQueue = { name: journeyQueue };
    const given = { namespace, taskQueue, identity: 'test' };
    const poll = () =>
      server.client.connection.withDeadline(Date.now() + 20_000, () =>
        workflowService.pollWorkflowTaskQueue(given),
      );
    let task = await poll();
    while (task.workflowExecution?.workflowId !== name) task = await poll();
    const attributes = { workflowType: { name: enrollmentWorkflow }, taskQueue };
    await workflowService.respondWorkflowTaskCompleted({
      namespace,
      taskToken: task.taskToken,
      commands: [
        {
          commandType:
            temporal.api.enums.v1.CommandType.COMMAND_TYPE_CONTINUE_AS_NEW_WORKFLOW_EXECUTION,
          continueAsNewWorkflowExecutionCommandAttributes: attributes,
        },
      ],
    });
  }

  it('are counted, call by call', async () => {
    counted.length = 0;

    await workflows.start(inputOf('counted'));
    await workflows.tell(enrollmentId('counted'), [order]);
    await workflows.progressOf(enrollmentId('nobody'));

    expect(counted).toEqual(['start', 'signal', 'query']);
  });
});
