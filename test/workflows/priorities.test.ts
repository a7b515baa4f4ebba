import type { TestWorkflowEnvironment } from '@temporalio/testing';
import type { EnrollmentId } from '../../src/core/ids';
import type { Step } from '../../src/core/journeys/steps/kinds';
import { aJourney } from '../support/core/builders';
import { startEngine, type Engine } from '../support/engine';
import { timeSkippingServer } from '../support/processes/temporal';

const pause = { id: 'pause', kind: 'wait', for: 'PT1H' } as const;
const listen = {
  id: 'listen',
  kind: 'waitFor',
  events: [{ names: ['Order Packed'], next: 'tell' }],
  timeout: 'P1D',
} as const;
const tellFor = (purpose: 'transactional' | 'service' | 'marketing') =>
  ({ id: 'tell', kind: 'send', template: 'reminder', purpose }) as const;

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

async function enter(id: string, steps: readonly Step[]): Promise<EnrollmentId> {
  await engine.publish(aJourney({ id, entry: { events: [id] }, steps }));
  const contact = { userId: id, email: `${id}@shop.test` };
  const receipt = await engine.receive({ name: id, contact, properties: {} });
  const entered = receipt.kind === 'conflict' ? undefined : receipt.enrollments[0];
  if (!entered) throw new Error('nobody entered');
  return entered.id;
}

/** The keys of the start and of the sends. */
async function keysOf(enrollment: EnrollmentId): Promise<readonly (number | null | undefined)[]> {
  const { events } = await server.client.workflow.getHandle(enrollment).fetchHistory();
  const attributes = (events ?? []).flatMap(
    ({ workflowExecutionStartedEventAttributes, activityTaskScheduledEventAttributes }) =>
      workflowExecutionStartedEventAttributes ?? activityTaskScheduledEventAttributes ?? [],
  );
  return attributes.map(({ priority }) => priority?.priorityKey);
}

describe('the priority of a send', () => {
  it.each([
    ['transactional', 1],
    ['service', 2],
    ['marketing', 4],
  ] as const)('that an event causes is, if %s, %i', async (purpose, key) => {
    const enrollment = await enter(`${purpose}-at-once`, [tellFor(purpose)]);

    await engine.result(enrollment);

    expect(await keysOf(enrollment)).toEqual([undefined, key]);
  });

  it.each([
    ['transactional', 1],
    ['service', 3],
    ['marketing', 5],
  ] as const)('after a wait is, if %s, %i; its start yields too', async (purpose, key) => {
    const enrollment = await enter(`${purpose}-later`, [pause, tellFor(purpose)]);

    await engine.result(enrollment);

    expect(await keysOf(enrollment)).toEqual([4, key]);
  });

  it('that an event causes after a wait is that of an event', async () => {
    const steps = [pause, listen, tellFor('service')];
    const enrollment = await enter('packed', steps);
    await server.sleep('2 hours');

    const contact = { userId: 'packed', email: 'packed@shop.test' };
    await engine.catchUp();
    await engine.receive({ name: 'Order Packed', contact, properties: {} });
    await engine.result(enrollment);

    expect(await keysOf(enrollment)).toEqual([4, 2]);
  });
});
