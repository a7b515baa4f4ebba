import { openTestApi, type TestApi } from '../test-api';

let api: TestApi;

beforeAll(async () => {
  api = await openTestApi();
  const journey = {
    name: 'Cart recovery',
    stage: 'decision',
    entry: {
      events: ['Cart Updated '],
      when: { fact: 'event.properties.products[].sku', is: 'contains', to: 'cup' },
    },
    exits: [{ events: ['Order Completed'], as: 'converted' }],
    steps: [{ id: 'pause', kind: 'wait', for: 'PT1H' }],
  };
  await api.admin.put('/v1/journeys/cart').send(journey).expect(201);
});

afterAll(() => api.close());

const reports = (userId: string, event: object) =>
  api.admin.post('/v1/events').send({ name: 'Cart Updated', contact: { userId }, ...event });

describe('an event that odd shops send', () => {
  it('fault 30: says that the condition of a journey does not mean it', async () => {
    const answer = await reports('ada', { id: 'e1', properties: { products: [] } });

    const refusals = [{ journey: 'cart', reason: 'condition-not-met' }];
    expect(answer.body).toMatchObject({ results: [{ enrollments: [], refusals }] });
    await api.deps.intake.drain();
    expect((await api.admin.get('/v1/events/e1')).body).toMatchObject({ refusals });
    expect((await api.admin.get('/v1/contacts/ada/timeline')).text).toContain('condition-not-met');
    expect((await api.admin.get('/v1/refusals')).body).toEqual({ data: [] });
  });

  it('fault 30: says so of no journey that is open for its contact', async () => {
    await reports('bea', { properties: { products: [{ sku: 'cup' }] } });

    const answer = await reports('bea', { properties: { products: [] } });

    expect(answer.body).toMatchObject({ results: [{ refusals: [] }] });
  });

  it('R51: enters by a list that PHP has written with a gap', async () => {
    const properties = { products: { 0: { sku: 'jug' }, 2: { sku: 'cup' } } };

    const answer = await reports('cleo', { properties });

    expect(answer.body).toMatchObject({ results: [{ enrollments: [{ effect: 'entered' }] }] });
  });

  it('R50: is heard though its name ends in a blank', async () => {
    const properties = { products: [{ sku: 'cup' }] };

    const answer = await reports('dora', { name: 'Cart Updated ', properties });

    expect(answer.body).toMatchObject({ results: [{ enrollments: [{ effect: 'entered' }] }] });
  });

  it('R50: ends a journey by the older name of an order', async () => {
    await reports('eve', { properties: { products: [{ sku: 'cup' }] } });

    await api.admin.post('/v1/track').send({ event: 'Completed Order', userId: 'eve' });
    await api.deps.intake.drain();

    const answer = await api.admin.get('/v1/enrollments?contact=eve');
    expect(answer.body).toMatchObject({ data: [{ ended: { as: 'converted' } }] });
  });
});
