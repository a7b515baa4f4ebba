import { hashOf } from '../../../src/api/http/access/authentication';
import type { Route } from '../../../src/api/http/route';
import { scopes } from '../../../src/api/http/scope';
import { routes } from '../../../src/api/routes';
import {
  contactId,
  enrollmentId,
  messageId,
  stepId,
  templateId,
  workspaceId,
} from '../../../src/core/ids';
import { aDeadEvent, aKey } from '../../store/builders';
import { now, openTestApi, type TestApi } from '../test-api';

let api: TestApi;
let known: Readonly<Record<string, string>>;

const workspace = workspaceId('default');
/** It stands in each place where something of a person is kept, and in no request below. */
const secret = 'canary';
const unread = 'a-key-without-contacts-read';
const readers = ['contacts:read', 'admin'];
const journey = {
  name: 'Cart recovery',
  stage: 'decision',
  entry: { events: ['Cart Updated'], key: ['properties.cart_id'] },
  steps: [{ id: 'pause', kind: 'wait', for: 'PT1H' }],
};
const template = {
  channel: 'email',
  defaultLocale: 'en',
  locales: {
    en: { subject: 'Hello', html: '<p>{{ contact.traits.note }}{{ contact.email }}</p>' },
  },
};
const reason = 'asked for';
const bodies: Readonly<Record<string, object>> = {
  'put /v1/journeys/{journeyId}': journey,
  'post /v1/journeys/{journeyId}/enrollments': { contact: { userId: 'eve' }, key: 'own' },
  'post /v1/enrollments/{enrollmentId}/exit': { reason },
  'post /v1/enrollments/{enrollmentId}/skip-wait': { reason },
  'put /v1/contacts/{ref}': { locale: 'it' },
  'put /v1/suppressions/{address}': {},
  'post /v1/events': { name: 'Cart Updated', contact: { userId: 'eve' } },
  'put /v1/templates/{templateId}': template,
  'post /v1/templates/{templateId}/preview': { contact: 'ada' },
  'post /v1/messages/{messageId}/resolve': { status: 'sent', reason },
  'put /v1/switches/{kind}/{name}': { on: false, reason },
};

beforeAll(async () => {
  api = await openTestApi();
  await api.admin.put('/v1/templates/hello').send(template).expect(201);
  await api.admin.put('/v1/journeys/cart').send(journey).expect(201);
  await api.admin.put('/v1/contacts/ada').send({
    ...{ email: `${secret}@example.com`, phone: '+39000', tags: [secret] },
    traits: { note: secret },
  });
  await api.admin.post('/v1/events').send({
    ...{ id: 'e1', name: 'Cart Updated', contact: { userId: 'ada' } },
    properties: { cart_id: secret, note: secret },
  });
  await api.deps.intake.drain();
  const [first] = (await api.store.enrollments.list(workspace, {}, { limit: 1 })).data;
  const enrollment = enrollmentId(String(first?.id));
  const about = { workspace, enrollment, contact: contactId(String(first?.contact)) };
  const decision = { ...about, journey: first?.journey, step: stepId('pause'), at: now };
  const facts = { note: secret };
  await api.store.decisions.record([
    { ...decision, id: 'd1', kind: 'branched', because: 'otherwise', facts } as never,
  ]);
  const message = messageId(`${enrollment}.pause.1`);
  await api.store.messages.claim({
    ...about,
    ...{ id: message, step: stepId('pause'), visit: 1, template: templateId('hello'), at: now },
    ...{ purpose: 'service', channel: 'email', provider: 'smtp', status: 'claimed' },
  });
  await api.store.messages.settle(workspace, message, {
    ...{ status: 'unknown', because: 'unanswered', answer: `no ${secret}@example.com`, at: now },
  } as never);
  const dead = aDeadEvent('e3', { workspace, properties: { note: secret } });
  await api.store.events.insert(dead, { nextAt: now });
  const granted = scopes.filter((scope) => !readers.includes(scope));
  await api.store.keys.put(aKey(hashOf(unread), { workspace, name: 'unread', scopes: granted }));
  known = {
    domain: 'shop.example',
    ...{ journeyId: 'cart', version: '1', enrollmentId: enrollment, ref: 'ada', eventId: 'e3' },
    ...{ templateId: 'hello', messageId: message, address: 'eve@example.com', keyId: 'k1' },
    ...{ kind: 'journey', name: 'cart' },
  };
});

afterAll(() => api.close());

async function call(key: string, { method, path }: Pick<Route, 'method' | 'path'>) {
  const url = path.replace(/\{(\w+)\}/g, (_match, name: string) => known[name] ?? '');
  return api.as(key)[method](url).send(bodies[`${method} ${path}`]);
}

/** A route without a body here has nothing to work on, and may say so. */
function statusesOf(name: string, { method }: Route): readonly number[] {
  if (name === 'post /v1/templates/{templateId}/preview') return [403];
  const isServed = name in bodies || method === 'get';
  return isServed ? [200, 201, 202] : [200, 202, 400];
}

const keyed = routes.filter((route) => route.access === 'key');
const open = keyed
  .filter(({ scope }) => !readers.includes(scope))
  // Those that leave nothing to find come last.
  .toSorted((one, other) => Number(isLast(one)) - Number(isLast(other)));

function isLast({ method, path }: Route): boolean {
  return method === 'delete' || path.endsWith('/exit');
}

describe('attack 10: a key that may not read contacts', () => {
  it('has something to find', async () => {
    const paths = ['/v1/contacts/ada', '/v1/enrollments', `/v1/messages`, '/v1/events'];
    const answers = await Promise.all(paths.map((path) => api.admin.get(path)));

    expect(answers.map(({ text }) => text.includes(secret))).toEqual(paths.map(() => true));
  });

  it.each(open.map((route) => [`${route.method} ${route.path}`, route] as const))(
    'is shown nothing of a person by %s',
    async (name, route) => {
      const answer = await call(unread, route);

      expect(statusesOf(name, route)).toContain(answer.status);
      expect(answer.text).not.toContain(secret);
    },
  );

  it.each(['contact=ada', `key=${secret}`])('learns nothing by asking for %s', async (query) => {
    const answer = await api.as(unread).get(`/v1/enrollments?${query}`);

    expect(answer.status).toBe(403);
    expect(answer.body).toMatchObject({
      detail: 'The API key lacks the scope "contacts:read"; use a key that has it.',
    });
  });

  it.each(
    keyed
      .filter(({ scope }) => readers.includes(scope))
      .map((route) => [`${route.method} ${route.path}`, route] as const),
  )('is refused by %s', async (_name, route) => {
    const answer = await call(unread, route);

    expect(answer.status).toBe(403);
  });
});
