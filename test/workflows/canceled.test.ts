import type { TestWorkflowEnvironment } from '@temporalio/testing';
import type { EnrollmentId } from '../../src/core/ids';
import { startEngine, type Engine } from '../support/engine';
import { aJourney } from '../support/core/builders';
import { localServer } from '../support/processes/temporal';
import { until } from '../support/processes/until';

const waiting = aJourney({
  entry: { events: ['Signed Up'], repeat: 'ignore' },
  exits: [{ events: ['Order Completed'], as: 'converted' }],
  steps: [
    {
      id: 'pause',
      kind: 'waitFor',
      events: [{ names: ['Link Clicked'], next: 'remind' }],
      timeout: 'PT100H',
    },
    { id: 'remind', kind: 'send', template: 'reminder', purpose: 'service' },
  ],
});
let server: TestWorkflowEnvironment;
let engine: Engine;

beforeAll(async () => {
  server = await localServer();
  engine = await startEngine(server);
  await engine.publish(waiting);
});
afterAll(async () => {
  await engine.close();
  await server.teardown();
});

function contactOf(userId: string) {
  return { userId, email: 'ada@shop.test' };
}

async function signUp(userId: string): Promise<EnrollmentId> {
  const event = { name: 'Signed Up', contact: contactOf(userId), properties: {} };
  const receipt = await engine.receive(event);
  await engine.intake.drain();
  const stored = await engine.store.events.find(engine.workspace.id, receiptKeyOf(receipt));
  const entered = stored?.targets.find(({ effect }) => effect.kind === 'entered');
  if (!entered) throw new Error('nobody entered');
  return entered.enrollment;
}

function receiptKeyOf(receipt: Awaited<ReturnType<Engine['receive']>>) {
  if (receipt.kind === 'conflict') throw new Error('the event is in conflict');
  return receipt.key;
}

/** Waits until the workflow rests on its wait. */
async function enter(userId: string): Promise<EnrollmentId> {
  const enrollment = await signUp(userId);
  await until(
    async () => (await engine.dependencies.workflows.progressOf(enrollment)) !== undefined,
  );
  return enrollment;
}

const find = (enrollment: EnrollmentId) =>
  engine.store.enrollments.find(engine.workspace.id, enrollment);

async function endedDecisions(enrollment: EnrollmentId) {
  const all = await engine.store.decisions.ofEnrollment(engine.workspace.id, enrollment);
  return all.filter(({ kind }) => kind === 'ended');
}

const stopped = { as: 'stopped', because: 'operator' };

describe('fault 8: a workflow that somebody cancels in Temporal', () => {
  it('ends its enrollment as stopped, and says so', async () => {
    const enrollment = await enter('cancels');

    await server.client.workflow.getHandle(enrollment).cancel();

    await until(async () => (await find(enrollment))?.ended !== undefined);
    expect(await find(enrollment)).toMatchObject({ ended: stopped });
    expect(await endedDecisions(enrollment)).toMatchObject([{ because: 'operator' }]);
    await expect(engine.result(enrollment)).rejects.toMatchObject({
      cause: { name: 'CancelledFailure' },
    });
  });

  it('stays stopped, whatever comes', async () => {
    const enrollment = await enter('cancels-and-buys');
    await server.client.workflow.getHandle(enrollment).cancel();
    await until(async () => (await find(enrollment))?.ended !== undefined);

    const contact = contactOf('cancels-and-buys');
    await engine.receive({ name: 'Order Completed', contact, properties: {} });

    expect(await find(enrollment)).toMatchObject({ ended: stopped });
  });

  it('lets the next entry in', async () => {
    const enrollment = await enter('cancels-and-returns');
    await server.client.workflow.getHandle(enrollment).cancel();
    await until(async () => (await find(enrollment))?.ended !== undefined);

    const next = await signUp('cancels-and-returns');

    expect(next).not.toBe(enrollment);
    expect(await find(next)).toMatchObject({ n: 2, started: true });
    expect(await find(enrollment)).toMatchObject({ ended: stopped });
  });
});

describe('fault 8: a workflow that somebody terminates in Temporal', () => {
  it('is found by the next event', async () => {
    const enrollment = await enter('is-terminated');
    await server.client.workflow.getHandle(enrollment).terminate();

    const contact = contactOf('is-terminated');
    await engine.receive({ name: 'Order Completed', contact, properties: {} });

    expect(await find(enrollment)).toMatchObject({ ended: { as: 'converted' } });
    expect(await endedDecisions(enrollment)).toHaveLength(1);
  });

  it('is found by the next entry, which enters', async () => {
    const enrollment = await enter('is-terminated-and-returns');
    await server.client.workflow.getHandle(enrollment).terminate();

    const next = await signUp('is-terminated-and-returns');

    expect(next).not.toBe(enrollment);
    expect(await find(next)).toMatchObject({ n: 2, started: true });
    expect(await find(enrollment)).toMatchObject({ ended: stopped });
    expect(await endedDecisions(enrollment)).toMatchObject([{ because: 'operator' }]);
  });
});
