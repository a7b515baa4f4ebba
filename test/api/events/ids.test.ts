import { workspaceId } from '../../../src/core/ids';
import { openTestApi, type TestApi } from '../test-api';

let api: TestApi;

beforeAll(async () => {
  api = await openTestApi();
});

afterAll(() => api.close());

const workspace = workspaceId('default');
const userOf = (userId: string) => api.store.contacts.find(workspace, { userId });
const visitorOf = (anonymousId: string) => api.store.contacts.find(workspace, { anonymousId });
const seen = async (id: string) => (await api.admin.get(`/v1/events/${id}`)).body as object;
/** Sends a body as it is written. */
const sendText = (path: string, text: string) =>
  api.admin.post(path).set('Content-Type', 'application/json').send(text);

const nobodies = ['undefined', 'NULL', 'None', 'nan', ' guest ', '0', '[object Object]', '"null"'];

describe('an id that stands for nobody', () => {
  it.each(nobodies)('R31: leaves the event with its visitor: %s', async (userId) => {
    const visitor = `visitor of (${userId})`;

    const answer = await api.admin.post('/v1/track').send({
      userId,
      anonymousId: visitor,
      event: 'Cart Updated',
      messageId: `track ${userId}`,
    });

    expect(answer.status).toBe(200);
    const contact = await visitorOf(visitor);
    expect(contact?.userId).toBeUndefined();
    expect(await seen(`track ${userId}`)).toMatchObject({ contact: contact?.id });
  });

  it('R31: makes nobody one person by identify', async () => {
    for (const anonymousId of ['i1', 'i2']) {
      await api.admin
        .post('/v1/identify')
        .send({ userId: 'undefined', anonymousId, traits: { firstName: anonymousId } })
        .expect(200);
    }

    expect((await visitorOf('i1'))?.traits).toEqual({ firstName: 'i1' });
    expect((await visitorOf('i2'))?.traits).toEqual({ firstName: 'i2' });
    expect(await userOf('undefined')).toBeUndefined();
  });

  it('R31: is recorded as nobody’s where nothing else names a person', async () => {
    const answer = await api.admin
      .post('/v1/track')
      .send({ userId: 'null', event: 'Cart Updated', messageId: 'of nobody' });

    expect(answer.status).toBe(200);
    expect(await seen('of nobody')).toMatchObject({ because: 'names-nobody', targets: [] });
  });

  it('R31: is left out of an event of our own API', async () => {
    const answer = await api.admin.post('/v1/events').send({
      id: 'own',
      name: 'Cart Updated',
      contact: { userId: 'undefined', anonymousId: 'own visitor' },
    });

    expect(answer.status).toBe(202);
    expect(await seen('own')).toMatchObject({ contact: (await visitorOf('own visitor'))?.id });
  });

  it('R31: is refused by our own API with its place where it is the only one', async () => {
    const answer = await api.admin
      .post('/v1/events')
      .send({ name: 'Cart Updated', contact: { userId: 'guest' } });

    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({ errors: [{ pointer: '/contact/userId' }] });
    expect(answer.text).toContain('give at least one of');
  });

  it.each([
    ['the previous id', { previousId: 'undefined', userId: 'ada' }],
    ['the user', { previousId: 'bob', userId: 'null', anonymousId: 'a-of-bob' }],
  ])('R32: never merges where it is %s of an alias', async (which, alias) => {
    for (const userId of ['ada', 'bob']) await api.admin.put(`/v1/contacts/${userId}`).send({});

    const answer = await api.admin.post('/v1/alias').send({ ...alias, messageId: which });

    expect(answer.status).toBe(200);
    const [ada, bob] = [await userOf('ada'), await userOf('bob')];
    expect(ada?.id).not.toBe(bob?.id);
    expect([ada?.aliases ?? [], bob?.aliases ?? []]).toEqual([[], []]);
    const { key } = (await seen(which)) as { key: string };
    const refusals = await api.admin.get('/v1/refusals');
    expect(refusals.body).toMatchObject({
      data: expect.arrayContaining([
        expect.objectContaining({ reason: 'names-nobody', event: key }),
      ]) as unknown,
    });
  });

  it('is no id of an event, so that events without one are apart', async () => {
    const track = { userId: 'ada', event: 'Cart Updated', messageId: 'undefined' };

    await api.admin.post('/v1/track').send({ ...track, properties: { n: 1 } });
    await api.admin.post('/v1/track').send({ ...track, properties: { n: 2 } });

    const events = await api.admin.get('/v1/events?limit=200');
    expect(events.body).toMatchObject({
      data: expect.arrayContaining([
        expect.objectContaining({ properties: { n: 1 } }),
        expect.objectContaining({ properties: { n: 2 } }),
      ]) as unknown,
    });
  });

  it.each(['undefined', '""', ' '])('is no Idempotency-Key: %s', async (key) => {
    const answer = await api.admin
      .post('/v1/journeys/none/enrollments')
      .set('Idempotency-Key', key)
      .send({ contact: { userId: 'ada' } });

    expect([400, 404]).toContain(answer.status);
    expect(answer.headers).not.toHaveProperty('idempotent-replayed');
  });

  it.each(['0042', 'Null Island', 'nonesuch', 'guest-7'])('is not "%s"', async (userId) => {
    await api.admin.post('/v1/track').send({ userId, event: 'Cart Updated' }).expect(200);

    expect(await userOf(userId)).toMatchObject({ userId });
  });

  it('R9: is not one with blanks around it', async () => {
    await api.admin.post('/v1/track').send({ userId: ' cyd\n', event: 'Cart Updated' });
    await api.admin.post('/v1/events').send({ name: 'Seen', contact: { userId: 'cyd ' } });

    expect(await userOf('cyd')).toMatchObject({ userId: 'cyd' });
    await api.admin.get('/v1/contacts/%20cyd').expect(200);
  });
});

describe('half a surrogate pair', () => {
  const half = '\\ud83d';

  it('R35: is mended wherever it stands, and its batch with it', async () => {
    const item = (id: string, userId: string) =>
      `{"type":"track","event":"Cart Updated${half}","messageId":"${id}","userId":"${userId}","properties":{"no${half}te":"${half}"}}`;
    const batch = `{"batch":[${item('h1', 'whole')},${item('h2', `ada${half}`)},${item(`h3${half}`, 'whole')}]}`;

    const answer = await sendText('/v1/batch', batch);
    const again = await sendText('/v1/batch', batch);

    expect([answer.status, again.status]).toEqual([200, 200]);
    expect(await seen('h2')).toMatchObject({
      contact: (await userOf('ada\ufffd'))?.id,
      name: 'Cart Updated\ufffd',
      properties: { 'no\ufffdte': '\ufffd' },
    });
    expect(await seen('h3%EF%BF%BD')).toMatchObject({ contact: (await userOf('whole'))?.id });
  });

  it('R35: is mended in our own API', async () => {
    const text = `{"name":"Seen","id":"own${half}","contact":{"userId":"eve${half}","externalIds":[{"type":"x","id":"${half}"}]}}`;

    const answer = await sendText('/v1/events', text);

    expect(answer.status).toBe(202);
    expect(answer.body).toMatchObject({ results: [{ id: 'own\ufffd', status: 'accepted' }] });
  });
});

describe('a number beyond 2^53', () => {
  const [one, other] = ['9007199254740993', '9007199254740992'];

  it('R65: names two people by two numbers', async () => {
    for (const userId of [one, other]) {
      const text = `{"event":"Cart Updated","userId":${userId},"messageId":"of ${userId}"}`;
      await sendText('/v1/track', text).expect(200);
    }

    const [first, second] = [await userOf(one), await userOf(other)];
    expect(first).toMatchObject({ userId: one });
    expect(second).toMatchObject({ userId: other });
    expect(first?.id).not.toBe(second?.id);
  });

  it('R6: is kept as text in the properties of a foreign message', async () => {
    const order = `{"userId":"ada","type":"track","event":"Order Completed","messageId":"big","properties":{"order_id":${one},"total":99.90,"sum":12345678901234567.89}}`;

    await sendText('/v1/batch', `{"batch":[${order}]}`).expect(200);

    expect(await seen('big')).toMatchObject({
      properties: { order_id: one, total: 99.9, sum: '12345678901234567.89' },
    });
  });

  it('R6: is refused by our own API with its place and the remedy', async () => {
    const text = `{"name":"Order Completed","contact":{"userId":"ada"},"properties":{"order_id":${one}}}`;

    const answer = await sendText('/v1/events', text);

    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({
      errors: [
        {
          pointer: '/properties/order_id',
          detail: '/properties/order_id is a number that cannot be kept exactly; write it as text',
        },
      ],
    });
  });

  it('R6: is refused alone in a batch', async () => {
    const event = (n: string) =>
      `{"name":"Seen","contact":{"userId":"ada"},"properties":{"n":${n}}}`;

    const answer = await sendText('/v1/events', `{"events":[${event('1')},${event(one)}]}`);

    expect(answer.body).toMatchObject({
      results: [
        { status: 'accepted' },
        { status: 'rejected', error: { errors: [{ pointer: '/events/1/properties/n' }] } },
      ],
    });
  });
});
