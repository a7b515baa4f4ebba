import { openTestApi, type TestApi } from '../test-api';

type Known = Readonly<{ id: string; aliases: readonly string[] }>;
type Line = Readonly<{
  event?: { name: string };
  decision?: { kind: string; facts?: object };
}>;

let api: TestApi;

beforeAll(async () => {
  api = await openTestApi();
  await api.admin.put('/v1/journeys/welcome').send({
    name: 'Welcome',
    stage: 'awareness',
    entry: { events: ['Signed Up'] },
    steps: [{ id: 'pause', kind: 'wait', for: 'PT1H' }],
  });
});

afterAll(() => api.close());

const segment = (path: string, message: object) => api.admin.post(`/v1/${path}`).send(message);

async function contactOf(ref: string): Promise<Known> {
  const answer = await api.admin.get(`/v1/contacts/${ref}`).expect(200);
  return answer.body as Known;
}

async function created(ref: string, facts: object = {}): Promise<Known> {
  const answer = await api.admin.put(`/v1/contacts/${ref}`).send(facts).expect(201);
  return answer.body as Known;
}

async function timelineOf(ref: string): Promise<readonly Line[]> {
  const answer = await api.admin.get(`/v1/contacts/${ref}/timeline`).expect(200);
  return (answer.body as Readonly<{ data: readonly Line[] }>).data;
}

async function visited(anonymousId: string): Promise<string> {
  await segment('track', { event: 'Signed Up', anonymousId, messageId: anonymousId });
  const answer = await api.admin.get(`/v1/events/${anonymousId}`);
  return (answer.body as Readonly<{ contact: string }>).contact;
}

describe('two contacts', () => {
  it('are one after identify names the user and the visitor', async () => {
    await segment('identify', { userId: 'ada', traits: { email: 'ada@shop.test' } });
    const visitor = await visited('visitor-1');

    await segment('identify', { userId: 'ada', anonymousId: 'visitor-1', traits: { age: 36 } });

    const ada = await contactOf('ada');
    expect(ada).toMatchObject({ aliases: [visitor], traits: { age: 36 } });
    expect(await contactOf(visitor)).toEqual(ada);
  });

  it('stay two when track names both, or identify a visitor who is known', async () => {
    await segment('identify', { userId: 'bea' });
    const visitor = await visited('visitor-2');
    await segment('track', { event: 'Seen', userId: 'bea', anonymousId: 'visitor-2' });
    await segment('identify', { userId: 'bob', anonymousId: 'visitor-2' });

    await segment('identify', { userId: 'bea', anonymousId: 'visitor-2' });

    expect((await contactOf('bea')).aliases).toEqual([]);
    expect((await contactOf('bob')).id).toBe(visitor);
  });

  it('are one after alias, however often it is said', async () => {
    await segment('identify', { userId: 'cyd' });
    await segment('identify', { userId: 'cyd-before' });
    const alias = { previousId: 'cyd-before', userId: 'cyd', messageId: 'alias-cyd' };

    await segment('alias', alias).expect(200);
    await segment('alias', alias).expect(200);

    const cyd = await contactOf('cyd');
    expect(cyd.aliases).toHaveLength(1);
    expect(await contactOf('cyd-before')).toEqual(cyd);
  });

  it('are one after an alias that comes before any word of the other', async () => {
    await segment('alias', { previousId: 'dot-before', userId: 'dot' });

    const visitor = await visited('dot-before');

    const dot = await contactOf('dot');
    expect([dot.id, ...dot.aliases]).toContain(visitor);
  });

  it('have one timeline, with the merge in it, and one list of enrollments', async () => {
    await segment('identify', { userId: 'eve' });
    const visitor = await visited('visitor-5');
    await segment('track', { event: 'Seen', userId: 'eve' });
    await segment('identify', { userId: 'eve', anonymousId: 'visitor-5' });
    await api.deps.intake.drain();

    const lines = await timelineOf(visitor);
    const enrollments = await api.admin.get('/v1/enrollments?contact=eve');

    const { id } = await contactOf('eve');
    const names = lines.flatMap(({ event }) => event?.name ?? []);
    const merges = lines.filter(({ decision }) => decision?.kind === 'merged');
    expect(names).toEqual(expect.arrayContaining(['Signed Up', 'Seen', 'Contact Merged']));
    expect(merges).toMatchObject([{ decision: { facts: { survivor: id, merged: visitor } } }]);
    expect(enrollments.body).toMatchObject({ data: [{ contactId: visitor, status: 'open' }] });
  });
});

describe('an erased contact', () => {
  it('is nobody any more, and its id keeps what happened', async () => {
    const { id } = await created('fay', { email: 'fay@shop.test' });
    await api.admin
      .post('/v1/events')
      .send({ id: 'fay-1', name: 'Signed Up', contact: { userId: 'fay' }, properties: { a: 1 } });
    await api.deps.intake.drain();

    const answer = await api.admin.delete('/v1/contacts/fay');
    await api.deps.intake.drain();

    expect(answer.status).toBe(202);
    expect(answer.body).toEqual({ id, links: { timeline: `/v1/contacts/${id}/timeline` } });
    await api.admin.get('/v1/contacts/fay').expect(404);
    await api.admin.get(`/v1/contacts/${id}`).expect(404);
    await api.admin.get('/v1/events/fay-1').expect(404);
    const lines = await timelineOf(id);
    const kinds = lines.flatMap(({ decision }) => decision?.kind ?? []);
    expect(kinds.toSorted()).toEqual(['ended', 'entered', 'erased']);
    expect(JSON.stringify(lines)).not.toMatch(/fay/);
  });

  it('may be erased again by its id, and comes back as another', async () => {
    const { id } = await created('gil');
    await api.admin.delete('/v1/contacts/gil').expect(202);

    const again = await api.admin.delete(`/v1/contacts/${id}`);
    const next = await created('gil');

    expect(again.status).toBe(202);
    expect(next.id).not.toBe(id);
  });

  it('must have existed', async () => {
    await api.admin.delete('/v1/contacts/nobody').expect(404);
  });

  it('is not one of another workspace', async () => {
    await api.admin.put('/v1/contacts/hal').send({});

    await api.as('admin-key-of-other').delete('/v1/contacts/hal').expect(404);

    await api.admin.get('/v1/contacts/hal').expect(200);
  });
});
