import { temporal } from '@temporalio/proto';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import type { EnrollmentId } from '../../src/core/ids';
import { aJourney } from '../support/core/builders';
import { startEngine, type Engine } from '../support/engine';
import { localServer } from '../support/processes/temporal';

const { EventType } = temporal.api.enums.v1;
const { EVENT_TYPE_WORKFLOW_EXECUTION_STARTED: started } = EventType;

const remind = { id: 'remind', kind: 'send', template: 'reminder', purpose: 'service' } as const;
const exits = [{ events: ['Order Completed'], as: 'converted' }];

const cartOf = (wait: string) =>
  aJourney({
    id: `cart-${wait.toLowerCase()}`,
    entry: { events: [`Cart of ${wait}`], repeat: 'refresh' },
    exits,
    steps: [{ id: 'pause', kind: 'wait', for: wait, restartOn: 'refresh' }, remind],
  });

let server: TestWorkflowEnvironment;
let engine: Engine;

beforeAll(async () => {
  server = await localServer();
  engine = await startEngine(server);
  await engine.publish(cartOf('PT1H'));
  await engine.publish(cartOf('PT3S'));
});
afterAll(async () => {
  await engine.close();
  await server.teardown();
});

const contactOf = (userId: string) => ({ userId, email: `${userId}@shop.test` });
const tell = (name: string, userId: string, occurredAt = Date.now()) =>
  engine.receive({ name, contact: contactOf(userId), properties: {}, occurredAt });

async function enter(wait: string, userId: string): Promise<EnrollmentId> {
  const receipt = await tell(`Cart of ${wait}`, userId);
  const entered = receipt.kind === 'conflict' ? undefined : receipt.enrollments[0];
  if (!entered) throw new Error('nobody entered');
  return entered.id;
}

const mailsTo = (userId: string) =>
  engine.mails.filter(({ to }) => to === `${userId}@shop.test`).length;

describe('an enrollment on its first wait', () => {
  it('costs Temporal one event, and one more for each update of its cart', async () => {
    const enrollment = await enter('PT1H', 'ada');

    for (let n = 0; n < 3; n += 1) await tell('Cart of PT1H', 'ada');

    const { EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED: signaled } = EventType;
    const updates = [signaled, signaled, signaled];
    expect(await engine.historyOf(enrollment)).toEqual([started, ...updates].map(String));
  });

  it('ends at once by a purchase, however long it would have waited', async () => {
    const enrollment = await enter('PT1H', 'bea');
    await tell('Cart of PT1H', 'bea');

    await tell('Order Completed', 'bea');

    expect(await engine.result(enrollment)).toEqual({ as: 'converted', because: 'exit-event' });
    expect(mailsTo('bea')).toBe(0);
  });

  it('goes on at once where an operator skips the wait', async () => {
    const enrollment = await enter('PT1H', 'cyd');

    const request = { enrollment, requestId: 'r1', by: 'support desk', reason: 'Asked for it' };
    await engine.intake.ask(engine.workspace.id, 'skip-wait', request);
    await engine.intake.drain();

    expect(await engine.result(enrollment)).toEqual({ as: 'completed', because: 'completed' });
    expect(mailsTo('cyd')).toBe(1);
  });

  it('waits for the rest that a refresh has added', async () => {
    const began = Date.now();
    const enrollment = await enter('PT3S', 'dot');

    const refreshedAt = began + 2_000;
    await tell('Cart of PT3S', 'dot', refreshedAt);
    await engine.result(enrollment);

    expect(Date.now()).toBeGreaterThanOrEqual(refreshedAt + 3_000);
    expect(mailsTo('dot')).toBe(1);
    expect(await engine.historyOf(enrollment)).toContain(
      String(EventType.EVENT_TYPE_TIMER_STARTED),
    );
  });

  it('is stopped by a cancel in the Temporal UI', async () => {
    const enrollment = await enter('PT1H', 'eve');

    await server.client.workflow.getHandle(enrollment).cancel();

    await expect(engine.result(enrollment)).rejects.toThrow('cancelled');
    expect(await storedOf(enrollment)).toMatchObject({ ended: { because: 'operator' } });
    expect(mailsTo('eve')).toBe(0);
  });

  it('is found ended by the next event once somebody has terminated it', async () => {
    const enrollment = await enter('PT1H', 'gil');
    await server.client.workflow.getHandle(enrollment).terminate();

    await tell('Cart of PT1H', 'gil');

    expect(await storedOf(enrollment)).toMatchObject({ ended: { because: 'operator' } });
  });

  it('says in the Temporal UI for what it waits, and until when', async () => {
    const enrollment = await enter('PT1H', 'fay');

    const { firstEntryAt } = await storedOf(enrollment);
    const shown = await server.client.workflow.getHandle(enrollment).describe();
    const details = await shown.staticDetails();

    const until = new Date(firstEntryAt + 3_600_000).toISOString();
    expect(details).toContain(`begins with a wait at \`pause\` until ${until}`);
    expect(details).toContain('ends on Order Completed');
  });
});

async function storedOf(enrollment: EnrollmentId) {
  const found = await engine.store.enrollments.find(engine.workspace.id, enrollment);
  if (!found) throw new Error(`There is no row of ${enrollment}`);
  return found;
}
