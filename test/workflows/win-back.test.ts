import type { TestWorkflowEnvironment } from '@temporalio/testing';
import type { EnrollmentId } from '../../src/core/ids';
import { startEngine, type Engine } from '../support/engine';
import { aJourney } from '../support/core/builders';
import { timeSkippingServer } from '../support/processes/temporal';

const hour = 3_600_000;

/** Each order enters, and a further one says that there is nobody to win back. */
const winBack = aJourney({
  id: 'win-back',
  entry: { events: ['Order Completed'] },
  exits: [{ events: ['Order Completed'], as: 'bought-again' }],
  steps: [
    { id: 'lapse', kind: 'wait', for: 'PT48H' },
    { id: 'remind', kind: 'send', template: 'reminder', purpose: 'service' },
  ],
});

describe('fault 1: a journey that an order opens and an order ends', () => {
  let server: TestWorkflowEnvironment;
  let engine: Engine;

  beforeAll(async () => {
    server = await timeSkippingServer();
    engine = await startEngine(server);
    await engine.publish(winBack);
  });
  afterAll(async () => {
    await engine.close();
    await server.teardown();
  });

  async function buys(who: string): Promise<readonly EnrollmentId[]> {
    const contact = { userId: who, email: `${who}@shop.test` };
    const receipt = await engine.receive({ name: 'Order Completed', contact, properties: {} });
    if (receipt.kind === 'conflict') throw new Error('an event without an id is in no conflict');
    return receipt.enrollments.map(({ id }) => id);
  }

  const findRow = (id: EnrollmentId) => engine.store.enrollments.find(engine.workspace.id, id);
  const mailsTo = (who: string) => engine.mails.filter(({ to }) => to === `${who}@shop.test`);

  it('writes to a person who buys nothing more', async () => {
    const [enrollment = ''] = await buys('ada');

    const result = await engine.result(enrollment as EnrollmentId);

    expect(result).toEqual({ as: 'completed', because: 'completed' });
    expect(mailsTo('ada')).toHaveLength(1);
    expect(await findRow(enrollment as EnrollmentId)).toMatchObject({ ended: { as: 'completed' } });
  });

  it('leaves a person alone who buys again', async () => {
    const [enrollment = ''] = await buys('ben');
    await server.sleep(hour);

    await buys('ben');
    const result = await engine.result(enrollment as EnrollmentId);

    expect(result).toEqual({ as: 'bought-again', because: 'exit-event' });
    expect(mailsTo('ben')).toEqual([]);
  });
});
