import { openTestApi, type TestApi } from '../test-api';

let api: TestApi;

beforeAll(async () => {
  api = await openTestApi();
});

afterAll(() => api.close());

const template = {
  channel: 'email',
  defaultLocale: 'en',
  locales: {
    en: {
      subject: 'Your cart, {{ contact.traits.firstName }}',
      mjml: '<mjml><mj-body><mj-section><mj-column><mj-text><a href="{{ entry.properties.url }}">{{ entry.properties.total }}</a></mj-text></mj-column></mj-section></mj-body></mjml>',
    },
  },
};

describe('a template', () => {
  it('is stored with what it reads', async () => {
    const created = await api.admin.put('/v1/templates/cart').send(template);
    const same = await api.admin.put('/v1/templates/cart').send({ id: 'cart', ...template });
    const read = await api.admin.get('/v1/templates/cart');
    const list = await api.admin.get('/v1/templates');

    expect(created.status).toBe(201);
    expect(created.body).toMatchObject({
      id: 'cart',
      version: 1,
      locales: ['en'],
      variables: ['contact.traits.firstName', 'entry.properties.total', 'entry.properties.url'],
      hasUnsubscribe: false,
      links: { preview: '/v1/templates/cart/preview' },
    });
    expect([same.status, same.body]).toMatchObject([200, { version: 1 }]);
    expect(read.body).toMatchObject({ source: { id: 'cart', ...template } });
    expect(list.body).toMatchObject({ data: [{ id: 'cart' }] });
  });

  it('is shown with sample facts', async () => {
    await api.admin.put('/v1/templates/shown').send(template);

    const answer = await api.admin.post('/v1/templates/shown/preview').send({
      facts: {
        contact: { traits: { firstName: 'Ada' } },
        entry: { properties: { url: 'https://shop.example/c1' } },
      },
    });

    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({
      subject: 'Your cart, Ada',
      links: ['https://shop.example/c1'],
      missing: ['entry.properties.total'],
    });
  });

  it('is shown to a stored contact', async () => {
    await api.admin.put('/v1/templates/known').send(template);
    await api.admin.put('/v1/contacts/bea').send({ traits: { firstName: 'Bea' } });

    const answer = await api.admin.post('/v1/templates/known/preview').send({ contact: 'bea' });
    const unknown = await api.admin.post('/v1/templates/known/preview').send({ contact: 'nobody' });

    expect(answer.body).toMatchObject({ subject: 'Your cart, Bea' });
    expect(unknown.status).toBe(404);
  });

  it.each([
    [{ en: { subject: 'Hi', html: '{% if %}' } }, '/locales/en/html'],
    [{ en: { subject: '{{ contact.password }}', html: 'x' } }, '/locales/en/subject'],
    [{ it: { subject: 'Ciao', html: 'x' } }, '/defaultLocale'],
  ])('is refused as %j', async (locales, pointer) => {
    const answer = await api.admin.put('/v1/templates/wrong').send({ ...template, locales });

    expect(answer.status).toBe(422);
    expect(answer.body).toMatchObject({ errors: [{ pointer }] });
  });

  it.each([[{ en: { subject: 'Hi' } }], [{ en: { subject: 'Hi', html: 'x', mjml: 'x' } }]])(
    'has one body, not %j',
    async (locales) => {
      const answer = await api.admin.put('/v1/templates/wrong').send({ ...template, locales });

      expect(answer.status).toBe(400);
      expect(answer.body).toMatchObject({ errors: [{ pointer: '/locales/en' }] });
    },
  );

  it('lets nobody out of a marketing journey without its unsubscribe link', async () => {
    const html = '<a href="{{ links.unsubscribe }}">Unsubscribe</a>';
    const withLink = { ...template, locales: { en: { subject: 'Hi', html } } };
    const steps = [{ id: 'nudge', kind: 'send', template: 'nudge', purpose: 'marketing' }];
    const journey = { name: 'N', stage: 'decision', entry: { events: ['A'] }, steps };
    await api.admin.put('/v1/templates/nudge').send(template).expect(201);

    const tooEarly = await api.admin.put('/v1/journeys/nudge').send(journey);
    await api.admin.put('/v1/templates/nudge').send(withLink).expect(201);
    const published = await api.admin.put('/v1/journeys/nudge').send(journey);
    const tooLate = await api.admin.put('/v1/templates/nudge').send(template);

    expect(tooEarly.status).toBe(422);
    expect(tooEarly.body).toMatchObject({
      errors: [{ pointer: '/steps/0/template', code: 'no-unsubscribe' }],
    });
    expect(published.status).toBe(201);
    expect(tooLate.status).toBe(422);
    expect(tooLate.body).toMatchObject({
      errors: [{ pointer: '/locales', code: 'no-unsubscribe' }],
    });
  });
});

describe('attack 6: an answer about a body full of faults', () => {
  it('lists the first twenty, each cut where it is long', async () => {
    const html = `{{ ${'x'.repeat(100_000)} }}${'{{ nobody }}{{ a }}'.repeat(30)}`;
    const mjml = `<mjml><mj-body>${'<mj-none a="1"/>'.repeat(1_500)}</mj-body></mjml>`;

    const long = await api.admin
      .put('/v1/templates/long')
      .send({ ...template, locales: { en: { subject: 'Hi', html } } });
    const many = await api.admin
      .put('/v1/templates/many')
      .send({ ...template, locales: { en: { subject: 'Hi', mjml } } });
    const fields = Object.fromEntries(Array.from({ length: 500 }, (_, n) => [`field${n}`, n]));
    const strange = await api.admin.put('/v1/templates/strange').send({ ...template, ...fields });

    expect([long.status, many.status, strange.status]).toEqual([422, 422, 400]);
    expect(many.body).toMatchObject({ errors: { length: 20 } });
    expect(strange.body).toMatchObject({ errors: { length: 20 } });
    expect(JSON.stringify([long.body, many.body]).length).toBeLessThan(20_000);
  });
});
