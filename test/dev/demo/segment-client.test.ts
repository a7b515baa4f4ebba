import { createShopServer, type ShopServer } from '../../../dev/demo/segment-client';
import type { Call } from '../../../dev/demo/script';
import { openRecordingServer } from '../recording-server';

const clock = { realOrigin: 1_000_000, virtualOrigin: 0, scale: 3600 };
const bought: Call = {
  kind: 'track',
  stamped: -3_600_000,
  event: 'Order Completed',
  properties: { order_id: 'order-1' },
  messageId: 'order-1-completed',
};

describe('the Segment client of the demo', () => {
  let server: Awaited<ReturnType<typeof openRecordingServer>>;
  let status: number;
  let shop: ShopServer;

  beforeEach(async () => {
    status = 200;
    server = await openRecordingServer(() => ({ status, body: { success: true } }));
    shop = createShopServer({ api: server.api, apiKey: 'key' }, clock);
  });

  afterEach(async () => {
    await shop.close();
    await server.close();
  });

  it('sends a call as a batch of its own, with the key, its id and a real timestamp', async () => {
    await shop.report('prompt', bought);

    expect(server.received).toMatchObject([
      {
        method: 'POST',
        url: '/v1/batch',
        authorization: `Basic ${btoa('key:')}`,
        body: {
          batch: [
            {
              type: 'track',
              userId: 'prompt',
              messageId: 'order-1-completed',
              timestamp: new Date(999_000).toISOString(),
            },
          ],
        },
      },
    ]);
  });

  it('is done with a call once it is acknowledged, so that the order is kept', async () => {
    await shop.report('prompt', {
      kind: 'identify',
      stamped: 0,
      traits: { email: 'p@example.com' },
    });
    await shop.report('prompt', bought);

    expect(server.received.map(({ body }) => body)).toMatchObject([
      { batch: [{ type: 'identify' }] },
      { batch: [{ type: 'track' }] },
    ]);
  });

  it('says which call was refused', async () => {
    status = 401;

    await expect(shop.report('prompt', bought)).rejects.toThrow(/"track".*401/);
  });
});
