import { Registry } from 'prom-client';
import { createApp } from '../../../src/api/app';
import { serve } from '../../../src/api/http/server';
import { DomainError } from '../../../src/core/domain-error';
import {
  contactId,
  enrollmentId,
  eventId,
  eventKey,
  messageId,
  workspaceId,
} from '../../../src/core/ids';
import { aClaim, aKey, anEvent } from '../../store/builders';
import { hashOf } from '../../../src/api/http/access/authentication';
import { adminKey, now, openTestApi, otherKey, type TestApi } from '../test-api';

type Item = Readonly<Record<string, unknown>>;
type Export = Readonly<{
  contact: Item;
  merged: readonly Item[];
  events: readonly Item[];
  enrollments: readonly Item[];
  decisions: readonly Item[];
  messages: readonly Item[];
  suppressions: readonly Item[];
}>;

const shop = workspaceId('default');
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

async function exportOf(ref: string): Promise<Export> {
  const answer = await api.admin.get(`/v1/contacts/${ref}/export`).expect(200);
  return answer.body as Export;
}

async function idOf(ref: string): Promise<string> {
  const answer = await api.admin.get(`/v1/contacts/${ref}`).expect(200);
  return (answer.body as Readonly<{ id: string }>).id;
}

describe('the export of a contact', () => {
  it('has everything under every id of a person who was merged', async () => {
    const visit = { anonymousId: 'visitor', messageId: 'e1', properties: { plan: 'pro' } };
    await api.admin.post('/v1/track').send({ event: 'Signed Up', ...visit });
    const visitor = await api.admin.get('/v1/events/e1');
    const { contact: visitorId } = visitor.body as { contact: string };
    await api.admin.put(`/v1/contacts/${visitorId}`).send({ email: 'old@shop.test' });
    await api.admin.put('/v1/contacts/ada').send({
      email: 'ada@shop.test',
      traits: { city: 'Rome' },
      tags: ['vip'],
      consents: { marketing: { email: true } },
    });
    const event = { id: 'e2', name: 'Seen', contact: { userId: 'ada' } };
    await api.admin.post('/v1/events').send(event);
    await api.admin.post('/v1/identify').send({ userId: 'ada', anonymousId: 'visitor' });
    await api.deps.intake.drain();
    const [first] = (await api.store.enrollments.list(shop, {}, { limit: 1 })).data;
    const enrollment = enrollmentId(String(first?.id));
    const of = { enrollment, contact: contactId(visitorId), workspace: shop, at: now };
    await api.store.messages.claim({ ...aClaim(1), ...of, id: messageId('m1') });
    await api.admin.post(`/v1/enrollments/${enrollment}/exit`).send({ reason: 'She rang' });
    const bounced = { channel: 'email', because: 'bounced', at: now } as const;
    await api.store.suppressions.suppress(shop, { address: 'OLD@shop.test', ...bounced });
    await api.store.suppressions.suppress(shop, { address: 'eve@shop.test', ...bounced });
    await api.deps.intake.drain();

    const found = await exportOf('ada');

    const id = await idOf('ada');
    expect(found).toMatchObject({
      exportedAt: '2026-03-02T09:00:00.000Z',
      contact: {
        id,
        userId: 'ada',
        anonymousIds: ['visitor'],
        email: 'ada@shop.test',
        traits: { city: 'Rome' },
        tags: ['vip'],
        consents: { marketing: { email: { given: true } } },
        aliases: [visitorId],
        identities: ['user:ada'],
      },
      merged: [{ id: visitorId, email: 'old@shop.test', identities: ['anon:visitor'] }],
      enrollments: [
        {
          id: enrollment,
          contactId: visitorId,
          ended: { as: 'stopped' },
          entry: { name: 'Signed Up', properties: { plan: 'pro' } },
        },
      ],
      messages: [{ id: 'm1', contact: visitorId }],
      suppressions: [
        {
          channel: 'email',
          address: 'old@shop.test',
          because: 'bounced',
          at: '2026-03-02T09:00:00.000Z',
        },
      ],
    });
    expect(found.events.map(({ name, contact }) => ({ name, contact }))).toEqual(
      expect.arrayContaining([
        { name: 'Signed Up', contact: visitorId },
        { name: 'Seen', contact: id },
        { name: 'Contact Merged', contact: expect.any(String) as unknown },
        { name: 'Enrollment Exited', contact: visitorId },
      ]),
    );
    expect(found.events).toContainEqual(
      expect.objectContaining({
        intervention: { action: 'exit', by: 'bootstrap', reason: 'She rang' },
      }),
    );
    expect(found.decisions.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['entered', 'merged', 'intervened', 'ended']),
    );
    expect(await exportOf(visitorId)).toEqual(found);
  });

  it('has more of everything than a page holds, events in the order of receipt', async () => {
    await api.admin.put('/v1/contacts/bea').send({});
    const contact = contactId(await idOf('bea'));
    const numbers = Array.from({ length: 250 }, (_, n) => n);
    const events = numbers.map((n) =>
      anEvent(`b${n}`, {
        id: eventId(`b${n}`),
        key: eventKey(`key ${String(999 - n)}`),
        workspace: shop,
        contact,
        receivedAt: now + Math.floor(n / 7),
        status: 'delivered',
      }),
    );
    await Promise.all(events.map((event) => api.store.events.insert(event, { nextAt: now })));
    const claims = numbers.map((n) => ({ ...aClaim(n), id: messageId(`b${n}`), workspace: shop }));
    await Promise.all(claims.map((claim) => api.store.messages.claim({ ...claim, contact })));

    const found = await exportOf('bea');

    const inOrder = events.toSorted(
      (one, other) => one.receivedAt - other.receivedAt || (one.key < other.key ? -1 : 1),
    );
    expect(found.events.map(({ id }) => id)).toEqual(inOrder.map(({ id }) => id));
    expect(new Set(found.messages.map(({ id }) => id)).size).toBe(250);
    expect(found.messages).toHaveLength(250);
  });

  it('has what stands against a number, in whatever form the contact has it', async () => {
    await api.admin.put('/v1/contacts/gil').send({ phone: '0039 (333) 123-45.67' });
    await api.admin.put('/v1/suppressions/+393331234567').send({ because: 'complained' });

    const { suppressions } = await exportOf('gil');

    const against = { address: '+393331234567', because: 'complained' };
    expect(suppressions).toMatchObject([
      { channel: 'sms', ...against },
      { channel: 'whatsapp', ...against },
    ]);
  });

  it('has empty lists where there is nothing', async () => {
    await api.admin.put('/v1/contacts/cyd').send({});

    const found = await exportOf('cyd');

    expect(found).toMatchObject({
      merged: [],
      events: [],
      enrollments: [],
      decisions: [],
      messages: [],
      suppressions: [],
    });
  });

  it('is of nobody who is unknown, erased or of another workspace', async () => {
    await api.admin.put('/v1/contacts/dot').send({});
    await api.admin.put('/v1/contacts/eve').send({});
    const erased = await idOf('eve');
    await api.admin.delete('/v1/contacts/eve').expect(202);

    const answers = [
      await api.admin.get('/v1/contacts/nobody/export'),
      await api.admin.get('/v1/contacts/eve/export'),
      await api.admin.get(`/v1/contacts/${erased}/export`),
      await api.as(otherKey).get(`/v1/contacts/${await idOf('dot')}/export`),
    ];

    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404]);
    expect(answers[0]?.body).toMatchObject({
      detail: 'There is no contact "nobody"; create it by PUT /v1/contacts/{userId}.',
    });
  });

  it('needs a key that may read contacts', async () => {
    const own = { workspace: shop, scopes: ['journeys:read', 'events:write', 'contacts:write'] };
    await api.store.keys.put(aKey(hashOf('no-reader'), own));

    const answer = await api.as('no-reader').get('/v1/contacts/ada/export');

    expect(answer.status).toBe(403);
  });
});

describe('an export that cannot be read to its end', () => {
  const readWith = async (ofContact: TestApi['store']['decisions']['ofContact']) => {
    await api.admin.put('/v1/contacts/fay').send({});
    const store = { ...api.store, decisions: { ...api.store.decisions, ofContact } };
    const app = createApp({ ...api.deps, store, registry: new Registry() });
    const server = await serve(app, { port: 0, host: '127.0.0.1' });
    const headers = { authorization: `Bearer ${adminKey}` };
    const url = `http://127.0.0.1:${server.port}/v1/contacts/fay/export`;
    const response = await fetch(url, { headers });
    const text = await response.text().catch(() => 'broken off');
    await server.close(0);
    return text;
  };

  it('breaks off where the store fails', async () => {
    const text = await readWith(() =>
      Promise.reject(new DomainError('unavailable', 'MongoDB does not answer; try again.')),
    );

    expect(text).toBe('broken off');
  });

  it('breaks off where the store says nothing any more', async () => {
    const text = await readWith(() => new Promise(() => undefined));

    expect(text).toBe('broken off');
  });
});
