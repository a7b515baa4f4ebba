import type { TestWorkflowEnvironment } from '@temporalio/testing';
import type { EnrollmentId } from '../../src/core/ids';
import { aJourney } from '../support/core/builders';
import { startEngine, type Engine } from '../support/engine';
import { timeSkippingServer } from '../support/processes/temporal';
import { until } from '../support/processes/until';

const hour = 3_600_000;
const steps = [{ id: 'tell', kind: 'send', template: 'reminder', purpose: 'service' }] as const;
const exits = [{ events: ['Order Completed'], as: 'converted' }];

let server: TestWorkflowEnvironment;
let engine: Engine;

beforeAll(async () => {
  server = await timeSkippingServer();
  engine = await startEngine(server);
});
afterAll(async () => {
  await engine.close();
  await server.teardown();
});

/** Closes the two hours around the present. */
async function closeNow(): Promise<void> {
  const now = await server.currentTimeMs();
  const timeOf = (at: number) => new Date(at).toISOString().slice(11, 16);
  const quiet = { from: timeOf(now - hour), to: timeOf(now + hour) };
  await engine.store.workspaces.put({ ...engine.workspace, zone: 'UTC', quietHours: [quiet] });
}

async function enter(id: string): Promise<EnrollmentId> {
  await engine.publish(aJourney({ id, entry: { events: [id] }, exits, steps }));
  await engine.catchUp();
  await closeNow();
  const contact = { userId: id, email: `${id}@shop.test` };
  const receipt = await engine.receive({ name: id, contact, properties: {} });
  const entered = receipt.kind === 'conflict' ? undefined : receipt.enrollments[0];
  if (!entered) throw new Error('nobody entered');
  return entered.id;
}

async function kindsOf(enrollment: EnrollmentId) {
  const all = await engine.store.decisions.ofEnrollment(engine.workspace.id, enrollment);
  return all.map(({ kind }) => kind).toSorted();
}

async function lineOf(enrollment: EnrollmentId) {
  const lines = await engine.store.messages.ofEnrollment(engine.workspace.id, enrollment);
  return lines[0];
}

describe('an enrollment whose message is held', () => {
  it('waits for the hour, and sends then', async () => {
    const enrollment = await enter('patient');

    await engine.result(enrollment);

    expect(await lineOf(enrollment)).toMatchObject({ status: 'sent' });
    expect(await engine.historyTextOf(enrollment)).toContain(': quiet-hours');
    expect(engine.mails.map(({ to }) => to)).toContain('patient@shop.test');
  });

  it('ends at once by an exit, and the message comes to nothing', async () => {
    const enrollment = await enter('buyer');
    await until(async () => (await lineOf(enrollment))?.status === 'deferred');

    const contact = { userId: 'buyer' };
    await engine.receive({ name: 'Order Completed', contact, properties: {} });
    const result = await engine.result(enrollment);

    expect(result).toMatchObject({ as: 'converted', because: 'exit-event' });
    expect(await lineOf(enrollment)).toMatchObject({ status: 'skipped', because: 'exit-event' });
    expect(await kindsOf(enrollment)).toEqual(['deferred', 'ended', 'entered', 'skipped']);
    expect(await engine.historyOf(enrollment)).not.toContain('TimerFired');
  });

  it('says until when it waits', async () => {
    const enrollment = await enter('curious');
    await until(async () => (await lineOf(enrollment))?.status === 'deferred');

    const { nextAttemptAt } = (await lineOf(enrollment)) ?? {};
    const standing = async () =>
      (await engine.dependencies.workflows.progressOf(enrollment))?.position;
    await until(async () => JSON.stringify(await standing()).includes('held'));

    expect(await standing()).toMatchObject({
      kind: 'standing',
      held: { until: nextAttemptAt, because: 'quiet-hours' },
    });
  });
});
