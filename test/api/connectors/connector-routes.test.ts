import { createHmac } from 'node:crypto';
import express from 'express';
import supertest from 'supertest';
import { z } from 'zod';
import { routesOf } from '../../../src/api/connectors/connector-routes';
import { mount } from '../../../src/api/http/mount';
import { failure } from '../../../src/api/http/problems/failure';
import { createConnector } from '../../../src/connectors/connector';
import { adminKey, openTestApi, type TestApi } from '../test-api';

let api: TestApi;

beforeAll(async () => {
  api = await openTestApi();
});

afterAll(() => api.close());

const signatureOf = (body: Uint8Array | string) =>
  createHmac('sha256', 'shared').update(body).digest('base64');

/** The format of a shop that signs what it sends, and says nothing of an order below 1. */
const shop = createConnector({
  kind: 'shop',
  verify: ({ headers, rawBody }) => headers['x-signature'] === signatureOf(rawBody),
  message: z.object({ order: z.string(), buyer: z.string(), total: z.number() }),
  meanings: ({ order, buyer, total }) =>
    [
      {
        kind: 'event',
        event: {
          id: order,
          name: 'Order Completed',
          contact: { userId: buyer },
          properties: { total },
          source: 'shop',
        },
      } as const,
    ].filter(() => total >= 1),
  endpoints: [
    {
      kind: 'single',
      path: '/v1/shop-orders',
      summary: 'Orders of a shop',
      description: 'Signed',
      envelope: z.looseObject({}),
      document: z.object({}),
      messageIn: (envelope) => envelope,
    },
  ],
});

const partsUp = () => Promise.resolve({ mongodb: true, temporal: true });

function send(body: string, signature: string) {
  const app = express().use(
    mount(routesOf(shop), { ...api.deps, partsUp }),
    failure(api.deps.logger),
  );
  return supertest(app)
    .post('/v1/shop-orders')
    .set({ authorization: `Bearer ${adminKey}`, 'x-signature': signature })
    .type('json')
    .send(body);
}

describe('a connector whose sender signs', () => {
  it('takes in what the signature fits', async () => {
    const body = '{ "order": "o1", "buyer": "ada", "total": 30 }';

    const answer = await send(body, signatureOf(body));

    expect(answer.body).toEqual({ success: true });
    const event = await api.admin.get('/v1/events/o1');
    expect(event.body).toMatchObject({ name: 'Order Completed', source: 'shop' });
  });

  it('takes in nothing that was changed on the way', async () => {
    const answer = await send('{ "order": "o2", "buyer": "ada", "total": 30 }', signatureOf('{}'));

    expect(answer.status).toBe(401);
    expect(answer.body).toMatchObject({ type: 'urn:itinera:problem:unauthenticated' });
    await api.admin.get('/v1/events/o2').expect(404);
  });

  it('answers success to a message that means nothing here', async () => {
    const body = '{ "order": "o3", "buyer": "ada", "total": 0 }';

    const answer = await send(body, signatureOf(body));

    expect(answer.body).toEqual({ success: true });
    await api.admin.get('/v1/events/o3').expect(404);
  });
});
