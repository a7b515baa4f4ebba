import { routes } from '../../../src/api/routes';
import {
  contactId,
  enrollmentId,
  journeyId,
  messageId,
  stepId,
  templateId,
  workspaceId,
} from '../../../src/core/ids';
import { aDeadEvent } from '../../store/builders';
import { adminKey, now, openTestApi, otherKey, type TestApi } from '../test-api';

let api: TestApi;
let known: Readonly<Record<string, string>>;
/** Every TXT record of the world. */
const published: string[] = [];

const journey = {
  name: 'Cart recovery',
  stage: 'decision',
  entry: { events: ['Cart Updated'] },
  steps: [{ id: 'pause', kind: 'wait', for: 'PT1H' }],
};
const template = {
  channel: 'email',
  defaultLocale: 'en',
  locales: { en: { subject: 'Hello', html: '<p>Hello</p>' } },
};

/** Every route with a parameter, and what to call it with. */
const bodies: Readonly<Record<string, object | undefined>> = {
  'get /v1/journeys/{journeyId}': undefined,
  'get /v1/journeys/{journeyId}/versions': undefined,
  'get /v1/journeys/{journeyId}/versions/{version}': undefined,
  'post /v1/journeys/{journeyId}/enrollments': { contact: { userId: 'eve' } },
  'get /v1/enrollments/{enrollmentId}': undefined,
  'get /v1/enrollments/{enrollmentId}/timeline': undefined,
  'post /v1/enrollments/{enrollmentId}/skip-wait': { reason: 'asked for' },
  'post /v1/enrollments/{enrollmentId}/exit': { reason: 'asked for' },
  'put /v1/contacts/{ref}': { email: 'eve@example.com' },
  'get /v1/contacts/{ref}': undefined,
  'get /v1/contacts/{ref}/timeline': undefined,
  'get /v1/contacts/{ref}/export': undefined,
  'get /v1/contacts/{ref}/consents': undefined,
  'get /v1/events/{eventId}': undefined,
  'post /v1/events/{eventId}/replay': undefined,
  'get /v1/templates/{templateId}': undefined,
  'post /v1/templates/{templateId}/preview': {},
  'get /v1/messages/{messageId}': undefined,
  'post /v1/messages/{messageId}/resolve': { status: 'sent', reason: 'asked for' },
  // Last, because they leave nothing to find.
  'post /v1/senders/{domain}/confirm': undefined,
  'delete /v1/senders/{domain}': undefined,
  'delete /v1/keys/{keyId}': undefined,
  'delete /v1/contacts/{ref}': undefined,
};
/** Ids that authors choose, and addresses, are free in every workspace. */
const free = [
  'put /v1/journeys/{journeyId}',
  'put /v1/templates/{templateId}',
  'put /v1/senders/{domain}',
  'put /v1/suppressions/{address}',
  'get /v1/suppressions/{address}',
  'delete /v1/suppressions/{address}',
  'put /v1/switches/{kind}/{name}',
];
/** Our id of a contact of another workspace is a userId like any other here. */
const creating = 'put /v1/contacts/{ref}';
const lists = [
  '/v1/journeys',
  '/v1/enrollments',
  '/v1/events',
  '/v1/refusals',
  '/v1/templates',
  '/v1/messages',
  '/v1/senders',
  '/v1/switches',
];

beforeAll(async () => {
  api = await openTestApi({ lookUpTxt: () => Promise.resolve(published) });
  await api.admin.put('/v1/templates/hello').send(template).expect(201);
  await api.admin.put('/v1/journeys/cart').send(journey).expect(201);
  const contact = { userId: 'ada' };
  await api.admin.post('/v1/events').send({ id: 'e1', name: 'Cart Updated', contact }).expect(202);
  await api.admin.post('/v1/events').send({ id: 'e2', name: 'Cart Updated', contact }).expect(202);
  const [first] = (await api.store.enrollments.list(workspaceId('default'), {}, { limit: 1 })).data;
  const enrollment = enrollmentId(String(first?.id));
  const message = messageId(`${enrollment}.pause.1`);
  await api.store.messages.claim({
    id: message,
    workspace: workspaceId('default'),
    enrollment,
    contact: contactId(String(first?.contact)),
    step: stepId('pause'),
    visit: 1,
    template: templateId('hello'),
    purpose: 'service',
    channel: 'email',
    provider: 'smtp',
    status: 'claimed',
    at: now,
  });
  const unknown = { status: 'unknown', because: 'unanswered', at: now } as const;
  await api.store.messages.settle(workspaceId('default'), message, unknown);
  const dead = aDeadEvent('e3', { workspace: workspaceId('default') });
  await api.store.events.insert(dead, { nextAt: now });
  const off = { on: false, reason: 'trouble' };
  await api.admin.put('/v1/switches/provider/smtp').send(off).expect(200);
  const key = await api.admin.post('/v1/keys').send({ name: 'shop', scopes: ['events:write'] });
  await api.admin.put('/v1/senders/kept.example').expect(201);
  const sender = await api.admin.put('/v1/senders/shop.example').expect(201);
  const { record } = sender.body as Readonly<{ record: Readonly<{ value: string }> }>;
  published.push(record.value);
  known = {
    domain: 'shop.example',
    keyId: (key.body as Readonly<{ id: string }>).id,
    journeyId: 'cart',
    version: '1',
    enrollmentId: enrollment,
    ref: String(first?.contact),
    eventId: 'e3',
    templateId: 'hello',
    messageId: message,
  };
});

afterAll(() => api.close());

const methods = { get: 'get', put: 'put', post: 'post', delete: 'delete' } as const;

const call = (key: string, route: string) => {
  const [method = '', path = ''] = route.split(' ');
  const url = path.replace(/\{(\w+)\}/g, (_match, name: string) => known[name] ?? '');
  return api.as(key)[methods[method as keyof typeof methods]](url);
};

describe('a workspace', () => {
  it('is tried on every route that takes an id', () => {
    const withIds = routes
      .filter(({ access, path }) => access === 'key' && path.includes('{'))
      .map(({ method, path }) => `${method} ${path}`);

    expect([...Object.keys(bodies), ...free].toSorted()).toEqual(withIds.toSorted());
  });

  it.each(Object.entries(bodies))('finds its own ids by %s', async (route, body) => {
    const answer = await call(adminKey, route).send(body);

    expect([200, 201, 202, 204]).toContain(answer.status);
  });

  const finding = Object.entries(bodies).filter(([route]) => route !== creating);

  it.each(finding)('knows no id of another one by %s', async (route, body) => {
    const answer = await call(otherKey, route).send(body);

    expect(answer.status).toBe(404);
    expect(answer.type).toBe('application/problem+json');
  });

  it.each(lists)('has a list of its own at %s', async (path) => {
    const own = await api.admin.get(path);
    const others = await api.as(otherKey).get(path);

    expect(own.body).not.toHaveProperty('data', []);
    expect(others.body).toEqual({ data: [] });
  });

  it.each([['/v1/enrollments?contact='], ['/v1/messages?contact=']])(
    'filters by no contact of another one at %s',
    async (path) => {
      const answer = await api.as(otherKey).get(path + String(known['ref']));

      expect(answer.body).toEqual({ data: [] });
    },
  );

  it('publishes under the id of another one without touching it', async () => {
    const renamed = { ...journey, name: 'Another' };

    const answer = await api.as(otherKey).put('/v1/journeys/cart').send(renamed);
    const untouched = await api.store.journeys.find(workspaceId('default'), journeyId('cart'));

    expect(answer.status).toBe(201);
    expect(untouched).toMatchObject({ version: 1, source: { name: 'Cart recovery' } });
    await api.as(otherKey).get('/v1/journeys/cart').expect(200);
  });

  it('stops no message of another one by an address', async () => {
    const path = '/v1/suppressions/ada@example.com';

    await api.as(otherKey).put(path).send({}).expect(200);
    const answer = await api.admin.get(path);

    expect(answer.body).toEqual({ data: [] });
  });

  it('takes no event about a contact of another one', async () => {
    const contact = { id: known['ref'] };

    const answer = await api
      .as(otherKey)
      .post('/v1/events')
      .send({ name: 'Cart Updated', contact });

    expect(answer.status).toBe(404);
  });

  it('makes a contact of its own under an id of another one', async () => {
    const answer = await call(otherKey, creating).send({ email: 'eve@example.com' });

    expect(answer.status).toBe(201);
    expect(answer.body).not.toMatchObject({ id: known['ref'] });
  });

  it('has events of its own under the same id', async () => {
    const event = { id: 'e1', name: 'Order Completed', contact: { userId: 'ada' } };

    const answer = await api.as(otherKey).post('/v1/events').send(event);

    expect(answer.body).toMatchObject({ results: [{ id: 'e1', status: 'accepted' }] });
  });
});
