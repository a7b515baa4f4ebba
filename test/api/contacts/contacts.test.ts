import { openTestApi, type TestApi } from '../test-api';

let api: TestApi;

beforeAll(async () => {
  api = await openTestApi();
});

afterAll(() => api.close());

describe('a contact', () => {
  it('is created by the first change and changed by the next', async () => {
    const created = await api.admin.put('/v1/contacts/ada').send({
      email: 'ada@example.com',
      timeZone: 'Europe/Rome',
      traits: { firstName: 'Ada' },
      consents: { marketing: { email: true } },
    });
    const changed = await api.admin.put('/v1/contacts/ada').send({ traits: { plan: 'pro' } });

    expect(created.status).toBe(201);
    expect(changed.status).toBe(200);
    expect(changed.body).toMatchObject({
      userId: 'ada',
      email: 'ada@example.com',
      timeZone: 'Europe/Rome',
      traits: { firstName: 'Ada', plan: 'pro' },
      consents: { marketing: { email: { given: true, at: '2026-03-02T09:00:00.000Z' } } },
    });
  });

  it('is found by userId and by our id', async () => {
    const created = await api.admin.put('/v1/contacts/bea').send({});
    const { id } = created.body as { id: string };

    const byUserId = await api.admin.get('/v1/contacts/bea');
    const byId = await api.admin.get(`/v1/contacts/${id}`);
    const changedById = await api.admin.put(`/v1/contacts/${id}`).send({ phone: '+391' });

    expect(byId.body).toEqual(byUserId.body);
    expect(changedById.body).toMatchObject({ id, userId: 'bea', phone: '+391' });
  });

  it('keeps when a consent was given', async () => {
    const consents = { marketing: { email: { given: true, at: '2026-01-01T01:00:00+01:00' } } };

    const answer = await api.admin.put('/v1/contacts/cyd').send({ consents });

    expect(answer.body).toMatchObject({
      consents: { marketing: { email: { given: true, at: '2026-01-01T00:00:00.000Z' } } },
    });
  });

  it.each([
    [{ email: 'not an address' }, '/email'],
    [{ consents: { marketing: { email: 'yes' } } }, '/consents/marketing/email'],
    [{ consents: { gossip: { email: true } } }, '/consents/gossip'],
    [{ userId: 'else' }, '/userId'],
    [{ tags: 'vip' }, '/tags'],
  ])('is not changed by %j', async (body, pointer) => {
    const answer = await api.admin.put('/v1/contacts/dot').send(body);

    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({ errors: [{ pointer }] });
    await api.admin.get('/v1/contacts/dot').expect(404);
  });

  it('fault 26: may have a userId in the form of our ids', async () => {
    const answer = await api.admin.put('/v1/contacts/caaaaaaaaaaaaaaaa').send({});

    expect(answer.status).toBe(201);
    expect(answer.body).toMatchObject({ userId: 'caaaaaaaaaaaaaaaa' });
  });

  it.each(['undefined', 'null', 'guest', '0', '[object Object]', '%20'])(
    'R31: is not created under "%s", and the answer says where that stands',
    async (nobody) => {
      const answer = await api.admin.put(`/v1/contacts/${nobody}`).send({});

      expect(answer.status).toBe(400);
      expect(answer.body).toMatchObject({ errors: [{ pointer: '/path/ref' }] });
      expect(answer.text).toContain('give the id of a person');
    },
  );

  it('has a timeline of its events and of what was decided', async () => {
    await api.admin.put('/v1/journeys/welcome').send({
      name: 'Welcome',
      stage: 'awareness',
      entry: { events: ['Signed Up'] },
      steps: [{ id: 'pause', kind: 'wait', for: 'PT1H' }],
    });
    await api.admin.post('/v1/events').send({ name: 'Signed Up', contact: { userId: 'eve' } });
    await api.deps.intake.drain();

    const answer = await api.admin.get('/v1/contacts/eve/timeline').query({ limit: 1 });
    const { data, nextCursor: cursor } = answer.body as { data: unknown; nextCursor: string };
    const next = await api.admin.get('/v1/contacts/eve/timeline').query({ limit: 1, cursor });

    const at = '2026-03-02T09:00:00.000Z';
    expect(data).toMatchObject([{ at, event: { name: 'Signed Up' } }]);
    expect(next.body).toMatchObject({
      data: [{ at, decision: { kind: 'entered', journey: 'welcome' } }],
    });
    expect(next.body).not.toHaveProperty('nextCursor');
  });
});

describe('the workspace', () => {
  it('is replaced as a whole', async () => {
    const facts = {
      name: 'Shop',
      from: 'shop@example.com',
      zone: 'Europe/Rome',
      locale: 'it',
      postalAddress: 'Via Roma 1',
      dailyLimitPerAddress: 100,
    };

    const answer = await api.admin.put('/v1/workspace').send(facts);
    const read = await api.admin.get('/v1/workspace');

    expect(answer.status).toBe(200);
    expect(read.body).toEqual({ id: 'default', ...facts });
  });

  it('R45: writes from an address without what nobody sees', async () => {
    const facts = { name: 'Shop', zone: 'Europe/Rome', locale: 'it' };
    const pasted = { from: '\u200fshop@example.com', replyTo: ' care@example.com\ufeff' };

    const answer = await api.admin.put('/v1/workspace').send({ ...facts, ...pasted });

    expect(answer.body).toMatchObject({ from: 'shop@example.com', replyTo: 'care@example.com' });
  });

  it('needs a zone that exists and an address to write from', async () => {
    const answer = await api.admin
      .put('/v1/workspace')
      .send({ name: 'Shop', from: 'a\r\nBcc: b@example.com', zone: 'Mars', locale: 'it' });

    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({ errors: [{ pointer: '/from' }, { pointer: '/zone' }] });
  });
});

describe('attack 14: the limit of a day for an address', () => {
  it.each([0, 101, 2.5])('cannot be %s', async (dailyLimitPerAddress) => {
    const facts = { name: 'Shop', from: 'shop@example.com', zone: 'Europe/Rome', locale: 'it' };

    const answer = await api.admin.put('/v1/workspace').send({ ...facts, dailyLimitPerAddress });

    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({ errors: [{ pointer: '/dailyLimitPerAddress' }] });
  });
});

describe('an erased contact', () => {
  it('is not created again under our id of it', async () => {
    const created = await api.admin.put('/v1/contacts/soon-erased').send({});
    const { id } = created.body as { id: string };
    await api.admin.delete(`/v1/contacts/${id}`).expect(202);

    const answer = await api.admin.put(`/v1/contacts/${id}`).send({});

    expect(answer.status).toBe(404);
  });
});
