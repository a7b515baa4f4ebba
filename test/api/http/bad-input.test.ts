import { openTestApi, type TestApi } from '../test-api';

let api: TestApi;

beforeAll(async () => {
  api = await openTestApi();
});

afterAll(() => api.close());

const event = { name: 'Cart Updated', contact: { userId: 'ada' } };
const journey = {
  name: 'Cart recovery',
  stage: 'decision',
  entry: { events: ['Cart Updated'] },
  steps: [{ id: 'pause', kind: 'wait', for: 'PT1H' }],
};

describe('a problem document', () => {
  it('refuses malformed JSON without quoting it', async () => {
    const body = '{ "name": "Cart Updated", "contact": { "email": secret@example.com } }';

    const answer = await api.admin
      .post('/v1/events')
      .set('Content-Type', 'application/json')
      .send(body);

    expect(answer.status).toBe(400);
    expect(answer.type).toBe('application/problem+json');
    expect(answer.body).toMatchObject({
      type: 'urn:itinera:problem:malformed-body',
      title: 'The body cannot be read',
      status: 400,
      instance: answer.headers['x-request-id'],
      errors: [{ pointer: '', code: 'malformed-json' }],
    });
    expect(answer.text).not.toContain('secret');
  });

  it('says where JSON stops', async () => {
    const body = '{ "name": "Cart Updated" "contact": {} }';

    const answer = await api.admin
      .post('/v1/events')
      .set('Content-Type', 'application/json')
      .send(body);

    expect(answer.body).toHaveProperty(
      'detail',
      'The body is not JSON from character 25 on; send one JSON object in UTF-8.',
    );
  });

  it('names an unknown field of an event', async () => {
    const answer = await api.admin.post('/v1/events').send({ ...event, properites: {} });

    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({
      errors: [
        {
          pointer: '/properites',
          code: 'unknown-field',
          detail: '"properites" is not a field here; remove it',
        },
      ],
    });
  });

  it('names an unknown field deep inside a journey', async () => {
    const steps = [{ id: 'pause', kind: 'wait', for: 'PT1H', until: 'noon' }];

    const answer = await api.admin.put('/v1/journeys/cart').send({ ...journey, steps });

    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({
      errors: [{ pointer: '/steps/0/until', code: 'unknown-field' }],
    });
  });

  it('names a field of the wrong type and the type it wants', async () => {
    const answer = await api.admin.post('/v1/events').send({ ...event, name: 7 });

    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({
      errors: [
        { pointer: '/name', code: 'wrong-type', detail: '"name" is a number; give a string' },
      ],
    });
  });

  it('names an instant without offset', async () => {
    const answer = await api.admin
      .post('/v1/events')
      .send({ ...event, occurredAt: '2026-03-02T09:00:00' });

    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({ errors: [{ pointer: '/occurredAt' }] });
    expect(answer.text).toContain('offset');
  });

  it.each([
    [{ id: { $gt: '' } }, '/contact/id'],
    [{ userId: { $gt: '' } }, '/contact/userId'],
    [{ anonymousId: { $ne: null } }, '/contact/anonymousId'],
    [{ email: { $regex: '.*' } }, '/contact/email'],
    [{ phone: { $exists: true } }, '/contact/phone'],
    [{ externalIds: [{ type: 'shop', id: { $gt: '' } }] }, '/contact/externalIds/0/id'],
    [{ externalIds: { $in: [] } }, '/contact/externalIds'],
  ])('points at the operator object in the contact %j', async (contact, pointer) => {
    const answer = await api.admin.post('/v1/events').send({ ...event, contact });

    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({ errors: [{ pointer, code: 'wrong-type' }] });
    expect(answer.text).toContain('; give a');
  });

  it.each([
    ['id', { ...event, id: { $gt: '' } }, '/id'],
    ['name', { ...event, name: { $gt: '' } }, '/name'],
  ])('points at the operator object in %s', async (_field, body, pointer) => {
    const answer = await api.admin.post('/v1/events').send(body);

    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({ errors: [{ pointer, code: 'wrong-type' }] });
  });

  it('takes an object for no text where an operator hides behind another name', async () => {
    const answer = await api.admin
      .post('/v1/events')
      .send({ ...event, contact: { userId: { gt: '' } } });

    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({
      errors: [{ pointer: '/contact/userId', code: 'wrong-type' }],
    });
  });

  it('reads an operator in a query as plain text', async () => {
    const answer = await api.admin.get('/v1/enrollments?contact[$ne]=x');

    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({
      errors: [{ pointer: '/query/contact[$ne]', code: 'unknown-field' }],
    });
  });

  it('misses the contact of an event', async () => {
    const answer = await api.admin.post('/v1/events').send({ name: 'Cart Updated' });

    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({
      errors: [
        { pointer: '/contact', code: 'missing', detail: '"contact" is missing; give an object' },
      ],
    });
  });

  it('misses a name in a contact that is empty', async () => {
    const answer = await api.admin.post('/v1/events').send({ ...event, contact: {} });

    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({ errors: [{ pointer: '/contact' }] });
    expect(answer.text).toContain('give at least one of id, userId');
  });

  it('asks for another key where the key is wrong', async () => {
    const answer = await api.as('wrong').post('/v1/events').send(event);

    expect(answer.status).toBe(401);
    expect(answer.headers['www-authenticate']).toBe('Bearer realm="itinera"');
    expect(answer.body).toMatchObject({ type: 'urn:itinera:problem:unauthenticated' });
    expect(answer.text).toContain('send one that is valid');
    expect(answer.text).not.toContain('wrong');
  });

  it('says how to publish the journey that is unknown', async () => {
    const answer = await api.admin
      .post('/v1/journeys/nowhere/enrollments')
      .send({ contact: { userId: 'ada' } });

    expect(answer.status).toBe(404);
    expect(answer.body).toMatchObject({
      detail: 'There is no journey "nowhere"; publish it by PUT /v1/journeys/nowhere.',
    });
  });

  it('points at the step that leads nowhere', async () => {
    const steps = [{ id: 'pause', kind: 'wait', for: 'PT1H', next: 'paid' }];

    const answer = await api.admin.put('/v1/journeys/cart').send({ ...journey, steps });

    expect(answer.status).toBe(422);
    expect(answer.body).toMatchObject({
      type: 'urn:itinera:problem:unprocessable',
      errors: [{ pointer: '/steps/0/next' }],
    });
    expect(answer.text).toContain('\\"paid\\"');
  });

  it('asks for JSON where another type is declared', async () => {
    const answer = await api.admin
      .put('/v1/contacts/ada')
      .set('Content-Type', 'application/xml')
      .send('<email/>');

    expect(answer.status).toBe(415);
    expect(answer.text).toContain('send \\"Content-Type: application/json\\"');
  });

  it('refuses a list in place of an event', async () => {
    const answer = await api.admin.post('/v1/events').send([event]);

    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({ errors: [{ pointer: '', code: 'wrong-type' }] });
  });

  it('refuses a path that is no text', async () => {
    const answer = await api.admin.get('/v1/contacts/%E0%A4%A');

    expect(answer.status).toBe(400);
    expect(answer.type).toBe('application/problem+json');
  });

  it.each(['0', '201', 'many'])('refuses %s as the length of a page', async (limit) => {
    const answer = await api.admin.get(`/v1/enrollments?limit=${limit}`);

    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({ errors: [{ pointer: '/query/limit' }] });
  });

  it('names the methods of a path that is called by another', async () => {
    const answer = await api.admin.delete('/v1/workspace');

    expect(answer.status).toBe(405);
    expect(answer.headers['allow']).toBe('GET, PUT');
  });

  it('points to the document where a path is unknown', async () => {
    const answer = await api.admin.get('/v1/campaigns');

    expect(answer.status).toBe(404);
    expect(answer.text).toContain('/openapi.json');
  });
});
