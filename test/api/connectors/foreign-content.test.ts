import { openTestApi, type TestApi } from '../test-api';

let api: TestApi;

beforeAll(async () => {
  api = await openTestApi();
  await api.admin.put('/v1/journeys/cart').send({
    name: 'Cart recovery',
    stage: 'decision',
    entry: {
      events: ['Cart Updated'],
      when: { fact: "event.properties['utm.source']", is: 'equals', to: 'news' },
    },
    steps: [{ id: 'pause', kind: 'wait', for: 'PT1H' }],
  });
});

afterAll(() => api.close());

const recorded = async (id: string) => (await api.admin.get(`/v1/events/${id}`)).body as unknown;
const rejections = async () => (await api.admin.get('/v1/rejections')).body as unknown;
const cart = { event: 'Cart Updated', userId: 'ada' };
const strange = {
  $current_url: '/',
  'utm.source': 'news',
  nested: [{ $set: { 'a.b': 1 } }],
  constructor: 'Lego',
  _bsontype: 'Long',
};

describe('properties with names that a database takes for its own', () => {
  it('R5: are taken in whole, and conditions reach them', async () => {
    const answer = await api.admin
      .post('/v1/track')
      .send({ ...cart, messageId: 'strange', properties: strange });
    await api.deps.intake.drain();

    expect(answer.status).toBe(200);
    expect(await recorded('strange')).toMatchObject({
      properties: strange,
      targets: [{ effect: 'entered' }],
    });
  });

  it('R5: are taken in on our own route', async () => {
    const event = { id: 'own', name: 'Page Viewed', contact: { userId: 'bea' } };

    const answer = await api.admin.post('/v1/events').send({ ...event, properties: strange });

    expect(answer.status).toBe(202);
    expect(await recorded('own')).toMatchObject({ properties: strange });
  });

  it('R5: are taken in as traits', async () => {
    await api.admin.post('/v1/identify').send({ userId: 'cyd', traits: strange });

    const contact = await api.admin.get('/v1/contacts/cyd');

    expect(contact.body).toMatchObject({ traits: strange });
  });

  it('R56: keeps a property called __proto__ as a value', async () => {
    const answer = await api.admin
      .post('/v1/track')
      .set('Content-Type', 'application/json')
      .send('{"event":"A","userId":"a","messageId":"proto","properties":{"__proto__":{"x":1}}}');

    const text = (await api.admin.get('/v1/events/proto')).text;
    expect(answer.status).toBe(200);
    expect(text).toContain('"properties":{"__proto__":{"x":1}}');
  });
});

describe('the parts of a message that are not kept', () => {
  it('R56: are not judged', async () => {
    const deep = `${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`;

    const answer = await api.admin
      .post('/v1/track')
      .set('Content-Type', 'application/json')
      .send(
        `{"event":"A","userId":"a","messageId":"deep","context":${deep},"integrations":{"$x":1}}`,
      );

    expect(answer.status).toBe(200);
    expect(await recorded('deep')).toMatchObject({ name: 'A', status: 'delivered' });
  });
});

describe('a large event', () => {
  const products = (count: number, note = '') =>
    Array.from({ length: count }, (_, n) => ({
      product_id: `p${n}`,
      variant_id: `v${n}`,
      sku: `SKU-${n}`,
      name: `A product with a rather long name, number ${n}`,
      quantity: 1,
      price: '19.90',
      note,
      url: `https://shop.example/products/${n}?variant=${n}`,
    }));

  it.each([
    ['a cart of 150 products', 150, ''],
    ['an order of more than half a megabyte', 300, 'x'.repeat(1_600)],
  ])('R7: %s comes in by a connector', async (_what, count, note) => {
    const properties = { products: products(count, note) };
    const messageId = `large-${count}`;

    const answer = await api.admin.post('/v1/track').send({ ...cart, messageId, properties });

    expect(answer.status).toBe(200);
    expect(await recorded(messageId)).toMatchObject({ properties });
  });

  it('R7: comes in on our own route', async () => {
    const properties = { products: products(150), note: 'x'.repeat(128 * 1024) };
    const event = { id: 'large-own', name: 'Cart Updated', contact: { userId: 'ada' }, properties };

    const answer = await api.admin.post('/v1/events').send({ events: [event] });

    expect(answer.body).toMatchObject({ results: [{ status: 'accepted' }] });
  });
});

describe('a message that cannot be used', () => {
  it.each([
    ['names nobody', { event: 'Cart Updated' }, ''],
    ['has no event', { userId: 'ada' }, '/event'],
    ['has properties that are no object', { ...cart, properties: [1] }, '/properties'],
  ])(
    'fault 21: is answered as its vendor would, and listed: it %s',
    async (_what, body, pointer) => {
      const answer = await api.admin.post('/v1/track').send(body);

      expect(answer.status).toBe(200);
      expect(answer.body).toEqual({ success: true });
      expect(await rejections()).toMatchObject({
        data: expect.arrayContaining([
          expect.objectContaining({
            source: 'segment',
            errors: [expect.objectContaining({ pointer })],
          }),
        ]) as unknown,
      });
    },
  );

  it('fault 21: spares the rest of its batch', async () => {
    const item = { type: 'track', event: 'Page Viewed', userId: 'dot', messageId: 'spared' };

    await api.admin.post('/v1/batch').send({ batch: [{ type: 'buy', userId: 'dot' }, item] });

    expect(await recorded('spared')).toMatchObject({ name: 'Page Viewed' });
    expect(await rejections()).toMatchObject({
      data: expect.arrayContaining([
        expect.objectContaining({
          errors: [expect.objectContaining({ pointer: '/batch/0/type' })],
        }),
      ]) as unknown,
    });
  });
});
