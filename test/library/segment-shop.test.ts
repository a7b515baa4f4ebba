import { Analytics } from '@segment/analytics-node';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { installLibrary } from '../../dev/install-library';
import { createApp } from '../../src/api/app';
import { hashOf } from '../../src/api/http/access/authentication';
import { serve, type ApiServer } from '../../src/api/http/server';
import type { JsonObject } from '../../src/core/json/json';
import { realTime } from '../../src/core/time/clock';
import { openDoor } from '../support/admission';
import { stallTimeoutMs } from '../support/patience';
import { createClock } from '../../src/process/clock';
import { aKey } from '../store/builders';
import { startEngine, type Engine } from '../support/engine';
import { timeSkippingServer } from '../support/processes/temporal';
import { segmentOrder } from './shop-facts';

const hour = 3_600_000;
const week = 168 * hour;
const apiKey = 'write-key-of-the-shop';
const { products } = segmentOrder;

/** A shop that says only what Segment's e-commerce specification names, by Segment's client. */
describe('fault 20: a shop that speaks the published events', () => {
  let temporal: TestWorkflowEnvironment;
  let engine: Engine;
  let api: ApiServer;
  let client: Analytics;

  beforeAll(async () => {
    temporal = await timeSkippingServer();
    engine = await startEngine(temporal);
    const { store, workspace } = engine;
    const of = { workspace: workspace.id, name: 'shop', scopes: ['admin'] } as const;
    await store.keys.put(aKey(hashOf(apiKey), of));
    api = await serve(createApp(withDoor(engine)), { port: 0, host: '127.0.0.1' });
    const host = `http://127.0.0.1:${api.port}`;
    await installLibrary({ api: host, apiKey });
    client = new Analytics({ host, writeKey: apiKey, flushAt: 1, maxRetries: 0 });
  });
  afterAll(async () => {
    await client.closeAndFlush();
    await api.close(1_000);
    await engine.close();
    await temporal.teardown();
  });

  async function meets(userId: string, consented = false): Promise<void> {
    const consents = { marketing: { email: true } };
    const traits = { email: `${userId}@shop.test`, name: userId };
    client.identify({ userId, traits: { ...traits, ...(consented && { consents }) } });
    await client.flush();
  }

  async function tracks(userId: string, event: string, properties: JsonObject): Promise<void> {
    await engine.catchUp();
    client.track({ userId, event, properties });
    await client.flush();
    await engine.intake.drain();
  }

  async function endsOf(userId: string, journey: string): Promise<readonly unknown[]> {
    const { store, workspace } = engine;
    const contact = await store.contacts.find(workspace.id, { userId });
    const { data } = await store.enrollments.list(
      workspace.id,
      { ...(contact && { contact: contact.id }) },
      { limit: 10 },
    );
    const own = data.filter((enrollment) => enrollment.journey === journey);
    return Promise.all(own.map(({ id }) => engine.result(id)));
  }

  const subjectsTo = (userId: string) =>
    engine.mails.filter(({ to }) => to === `${userId}@shop.test`).map(({ subject }) => subject);

  it('reminds of a checkout that nobody finishes', async () => {
    await meets('ada');
    await tracks('ada', 'Checkout Started', segmentOrder);

    expect(await endsOf('ada', 'cart-recovery')).toMatchObject([{ as: 'completed' }]);
    expect(subjectsTo('ada')).toHaveLength(1);
  });

  it('reminds three times of a viewed cart, with consent', async () => {
    await meets('bea', true);
    await tracks('bea', 'Cart Viewed', { cart_id: 'skdjsidjsdkdj29j', products });

    expect(await endsOf('bea', 'cart-recovery')).toMatchObject([{ as: 'completed' }]);
    expect(new Set(subjectsTo('bea')).size).toBe(3);
  });

  it('writes nothing more of a cart whose order is completed', async () => {
    await meets('cleo', true);
    await tracks('cleo', 'Cart Viewed', { cart_id: 'of-cleo', products });
    await temporal.sleep(2 * hour);
    await tracks('cleo', 'Order Completed', segmentOrder);

    expect(await endsOf('cleo', 'cart-recovery')).toMatchObject([{ as: 'converted' }]);
    expect(subjectsTo('cleo')).toHaveLength(1);
  });

  it('asks twice to review an order, and no more once a product is reviewed', async () => {
    await meets('dora', true);
    await meets('eve', true);
    await tracks('dora', 'Order Completed', { ...segmentOrder, order_id: 'of-dora' });
    await tracks('eve', 'Order Completed', { ...segmentOrder, order_id: 'of-eve' });
    await temporal.sleep(3 * week + hour);
    const review = { product_id: '507f1f77bcf8', review_id: 'r1', rating: '5' };
    await tracks('eve', 'Product Reviewed', review);

    expect(await endsOf('eve', 'review-request')).toMatchObject([{ as: 'reviewed' }]);
    expect(await endsOf('dora', 'review-request')).toMatchObject([{ as: 'completed' }]);
    expect([subjectsTo('dora').length, subjectsTo('eve').length]).toEqual([2, 1]);
  });

  it.each(['Order Cancelled', 'Order Refunded'])('asks nobody after an %s', async (name) => {
    const userId = `fay-${name.slice(6)}`;
    const order = { ...segmentOrder, order_id: userId };
    await meets(userId, true);
    await tracks(userId, 'Order Completed', order);
    await temporal.sleep(hour);
    await tracks(userId, name, order);

    expect(await endsOf(userId, 'review-request')).toMatchObject([{ as: 'disqualified' }]);
    expect(subjectsTo(userId)).toEqual([]);
  });
});

/** The api of an engine, which sheds nothing and lives in the time of its server. */
function withDoor({ dependencies }: Engine) {
  const clock = createClock(realTime, dependencies.clock.now);
  const admission = openDoor({ now: clock.realNow });
  return { ...dependencies, clock, admission, stallTimeoutMs, isDraining: () => false };
}
