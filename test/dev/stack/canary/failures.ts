import { until } from '../../../support/processes/until';
import { canaries } from './canaries';
import { brokenAddress, type Ask, type FailingStack } from './failing-stack';
import { faultNames } from './quoting-store';

const { address, phone, name, token, secret } = canaries;
const patienceMs = 60_000;

/** Each person has everything that must not be told. */
const traits = { name, token, secret, zone: `${name} zone` };
const properties = { note: `${name} ${address} ${phone}`, token, secret };

const bodies: Readonly<Record<string, string>> = {
  waiting: '<p>Later</p>',
  sent: '<p>{{ contact.traits.name | times: 2 }}</p>',
  quoting: '<p>{{ entry.occurredAt | date: "%c", contact.traits.zone }}</p>',
  costly:
    '<p>{% for i in (1..1000000) %}{{ contact.traits.name | append: contact.email }}{% endfor %}</p>',
};

/** A journey for each template: one is sent, the others fail at their facts. */
export async function publish({ send }: FailingStack): Promise<void> {
  for (const [id, html] of Object.entries(bodies)) {
    const locales = { en: { subject: 'Hi', html } };
    await send('PUT', `/v1/templates/${id}`, { channel: 'email', defaultLocale: 'en', locales });
    await send('PUT', `/v1/journeys/${id}`, {
      name: 'J',
      stage: 'decision',
      entry: { events: [`Gift ${id}`], key: ['properties.cart_id'], repeat: 'refresh' },
      steps: [
        { id: 'w', kind: 'wait', for: id === 'waiting' ? 'PT1H' : 'PT1S' },
        { id: 's', kind: 'send', template: id, purpose: 'transactional' },
      ],
    });
  }
}

function gift(journey: string, userId: string, more: object = {}) {
  const cart = { cart_id: `${name} ${userId}`, ...properties, ...more };
  return { name: `Gift ${journey}`, contact: { userId }, properties: cart };
}

/** A mail server that refuses, a worker whose store refuses, and templates that fail. */
export async function failInWorker({ send, ask, store, lines }: FailingStack): Promise<void> {
  const people = { ada: address, bea: brokenAddress, cyd: `c.${address}`, dan: `d.${address}` };
  for (const [userId, email] of Object.entries(people))
    await send('PUT', `/v1/contacts/${userId}`, { email, phone, traits });
  store.failNext('messages', 'unvalidated', 'unvalidated-row', 'gone');
  await send('POST', '/v1/events', gift('sent', 'ada'));
  await send('POST', '/v1/events', gift('sent', 'bea'));
  await send('POST', '/v1/events', gift('quoting', 'cyd'));
  await send('POST', '/v1/events', gift('costly', 'dan'));
  const ledger = async () => (await ask({ path: '/v1/messages' })).text();
  await until(async () => count(await ledger(), '"trouble"') >= 2, patienceMs);
  await until(async () => count(await ledger(), '"render-failed"') >= 2, patienceMs);
  await until(() => lines.join().includes('An activity failed'), patienceMs);
}

/** Each fault of the store, at a contact, an event, and what comes of an event. */
export async function failInStore(stack: FailingStack): Promise<readonly string[]> {
  const answers: string[] = [];
  for (const fault of faultNames) {
    const mark = `fails-by-${fault}!`;
    const contact = { email: `e.${address}`, phone, traits: { ...traits, mark } };
    answers.push(
      await told(stack, { method: 'PUT', path: `/v1/contacts/${fault}`, body: contact }),
    );
    const event = gift('sent', `of-${fault}`, { mark });
    answers.push(await told(stack, { method: 'POST', path: '/v1/events', body: event }));
    const track = { type: 'track', userId: `by-${fault}`, event: 'Gift sent', properties };
    const batch = { batch: [{ ...track, properties: { ...properties, mark } }] };
    answers.push(await told(stack, { method: 'POST', path: '/v1/batch', body: batch }));
  }
  return answers;
}

const ofSettling = ['unvalidated', 'unvalidated-row', 'large'];

/** A repeated event is taken in and fails at its enrollment. One connection ends late. */
export async function failAtSettling(stack: FailingStack): Promise<void> {
  for (const fault of ofSettling) {
    await stack.send('POST', '/v1/events', gift('waiting', `late-${fault}`));
    const repeated = gift('waiting', `late-${fault}`, { mark: `settles-by-${fault}!` });
    await stack.send('POST', '/v1/events', repeated);
  }
  stack.store.failNext('contacts', 'late');
  await stack.send('PUT', '/v1/contacts/late', { email: `f.${address}`, phone, traits });
  const dead = async () => (await stack.ask({ path: '/v1/events?status=dead' })).text();
  await until(async () => count(await dead(), '"dead"') > 0, patienceMs);
}

async function told(
  { ask }: FailingStack,
  { body, ...request }: Omit<Ask, 'body'> & Readonly<{ body: object }>,
): Promise<string> {
  const answer = await ask({ ...request, body: JSON.stringify(body) });
  return `${answer.status} ${await answer.text()}`;
}

function count(text: string, words: string): number {
  return text.split(words).length - 1;
}

/** Requests of which each fails, with secrets where they do not belong. */
export const badRequests: readonly Ask[] = [
  { path: '/v1/events', headers: { authorization: `Bearer ${secret}` } },
  { path: '/v1/events', headers: { authorization: `Basic ${btoa(`${secret}:${secret}`)}` } },
  { path: '/v1/events', headers: { authorization: secret, cookie: `session=${secret}` } },
  { path: `/u/${token}` },
  { method: 'POST', path: `/u/${token}` },
  { method: 'PATCH', path: `/u/${token}` },
  { path: `/nowhere/${token}?secret=${secret}` },
  { path: `/v1/events?limit=${secret}` },
  post('/v1/events', `{"name":"${secret}", "contact":`),
  post('/v1/events', secret),
  { ...post('/v1/events', secret), headers: { 'content-encoding': 'gzip' } },
  { ...put('/v1/contacts/x', 1), headers: { 'content-type': `text/${secret}` } },
  put('/v1/contacts/x', { email: secret, phone: [secret] }),
  put('/v1/contacts/x', { timeZone: secret }),
  {
    ...post('/v1/journeys/sent/enrollments', '{}'),
    headers: { 'idempotency-key': `"${secret.repeat(20)}"` },
  },
  post('/v1/templates/quoting/preview', {
    facts: { contact: { traits }, entry: { occurredAt: 1 } },
  }),
];

/** Senders of other systems are answered as if all were well; GET /v1/rejections tells. */
export const badMessages: readonly Ask[] = [
  post('/v1/track', { userId: [secret], event: 1, properties: secret }),
  post('/v1/identify', { userId: { name }, traits: { email: [address], phone: { phone } } }),
  post('/v1/alias', { userId: 1, previousId: [address] }),
  post('/v1/batch', { batch: [address, { type: secret }, { type: 'track', userId: [phone] }] }),
];

export const badSenders: readonly Ask[] = [
  post('/v1/batch', { batch: secret }),
  post('/v1/batch', `{"batch":[{"userId":"${address}"`),
  {
    ...post('/v1/track', { userId: address }),
    headers: { authorization: `Basic ${btoa(`${secret}:`)}` },
  },
  { ...post('/v1/import', { batch: [] }), headers: { authorization: `Basic ${secret}` } },
];

function post(path: string, body: object | string): Ask {
  return { method: 'POST', path, body: typeof body === 'string' ? body : JSON.stringify(body) };
}

function put(path: string, body: object | number): Ask {
  return { method: 'PUT', path, body: JSON.stringify(body) };
}
