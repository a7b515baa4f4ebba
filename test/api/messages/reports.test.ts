import fc from 'fast-check';
import { createReportReaders } from '../../../src/channels/report-readers';
import {
  enrollmentId,
  messageId,
  stepId,
  workspaceId,
  type EnrollmentId,
} from '../../../src/core/ids';
import { aClaim } from '../../store/builders';
import { fromResend, fromTwilio, secrets, type Posted } from '../../support/signed-reports';
import { now, openTestApi, type TestApi } from '../test-api';

const workspace = workspaceId('default');
const address = 'marta@example.com';
const reports = createReportReaders(
  {
    email: 'resend://key@api.example',
    sms: `twilio://AC1:${secrets.twilio}@api.example?from=%2B15005550006`,
    whatsapp: 'whatsapp://1:t@graph.example',
  },
  { email: [secrets.resend], sms: [], whatsapp: [] },
);

const journey = {
  name: 'Reported',
  stage: 'decision',
  entry: { events: ['Cart Left'], key: ['properties.cart_id'] },
  exits: [{ events: ['Cart Bought'], as: 'converted' }],
  steps: [
    { id: 'first', kind: 'send', template: 'reported', purpose: 'service' },
    {
      id: 'look',
      kind: 'waitFor',
      events: [{ names: ['message.first.clicked'], next: 'thanks' }],
      timeout: 'P2D',
    },
    { id: 'thanks', kind: 'exit' },
  ],
};

const template = {
  channel: 'email',
  defaultLocale: 'en',
  locales: { en: { subject: 'Hello', html: '<p>Hello</p>' } },
};

let api: TestApi;
let nth = 0;

beforeAll(async () => {
  api = await openTestApi({ reports });
  await api.admin.put('/v1/templates/reported').send(template);
  await api.admin.put('/v1/journeys/reported').send(journey);
});

afterAll(() => api.close());

type Line = Readonly<{ enrollment: EnrollmentId; id: ReturnType<typeof messageId> }>;

/** An enrollment of its own person whose first message went out. */
async function sent(userId = `person-${(nth += 1)}`, cart = userId): Promise<Line> {
  const body = { name: 'Cart Left', contact: { userId }, properties: { cart_id: cart } };
  const answer = await api.admin.post('/v1/events').send(body);
  const [result] = (answer.body as { results: { enrollments: { id: string }[] }[] }).results;
  await api.deps.intake.drain();
  const enrollment = enrollmentId(result?.enrollments[0]?.id ?? '');
  const id = messageId(`${enrollment}.first.1`);
  const found = await api.store.enrollments.find(workspace, enrollment);
  if (!found) throw new Error('There is no enrollment');
  const { contact } = found;
  await api.store.messages.claim({
    ...aClaim(1),
    ...{ id, workspace, enrollment, contact, step: stepId('first'), provider: 'resend' },
  });
  await api.store.messages.settle(workspace, id, { status: 'sent', providerId: 'p1', at: now });
  return { enrollment, id };
}

function post({ path, headers, body }: Posted) {
  return api.anonymous.post(path).set(headers).send(body);
}

function report(type: string, { id }: Pick<Line, 'id'>, data: object = {}) {
  return post(fromResend(type, { workspace, message: id }, { now, data }));
}

const lineOf = ({ id }: Line) => api.store.messages.find(workspace, id);
const bounce = (type: string) => ({ to: [address], bounce: { type, message: 'No such user' } });

describe('a report on a message', () => {
  it('stands in the ledger, with its time', async () => {
    const line = await sent();

    const answer = await report('email.delivered', line);
    const shown = await api.admin.get(`/v1/messages/${line.id}`);

    expect(answer.body).toEqual({ taken: 1, left: 0 });
    const deliveredAt = new Date(now - 1_000).toISOString();
    expect(shown.body).toMatchObject({ status: 'delivered', providerId: 'p1', deliveredAt });
  });

  it('ends alike in whatever order reports come, and however often', async () => {
    const types = ['delivered', 'bounced', 'complained', 'opened', 'delivered'];
    const orders = fc.sample(fc.shuffledSubarray(types, { minLength: 5 }), { numRuns: 6, seed: 3 });
    const ends = [];
    for (const order of orders) {
      const line = await sent();
      for (const type of order) await report(`email.${type}`, line);
      const { status, deliveredAt, bouncedAt, openedAt } = (await lineOf(line)) ?? {};
      ends.push({ status, times: [deliveredAt, bouncedAt, openedAt] });
    }

    const at = now - 1_000;
    expect(new Set(ends.map((end) => JSON.stringify(end)))).toEqual(
      new Set([JSON.stringify({ status: 'complained', times: [at, at, at] })]),
    );
  });

  it('settles a message of which nobody knew, and says by what', async () => {
    const line = await sent();
    const unknown = messageId(`${line.enrollment}.first.2`);
    await api.store.messages.claim({
      ...aClaim(2),
      ...{ id: unknown, workspace, enrollment: line.enrollment, provider: 'resend' },
    });
    const ended = { status: 'unknown', because: 'unanswered', at: now } as const;
    await api.store.messages.settle(workspace, unknown, ended);

    await report('email.delivered', { id: unknown });

    const decisions = await api.store.decisions.ofEnrollment(workspace, line.enrollment);
    expect(await lineOf({ ...line, id: unknown })).toMatchObject({ status: 'delivered' });
    expect(decisions).toContainEqual(
      expect.objectContaining({ id: `${unknown}/resolved`, because: 'provider-report' }),
    );
  });

  it('closes an address that bounced for good, and that complained, and no other', async () => {
    await report('email.bounced', await sent(), bounce('Transient'));
    const open = await api.store.suppressions.ofAddress(workspace, 'email', address);
    await report('email.bounced', await sent(), bounce('Permanent'));
    await report('email.complained', await sent(), { to: [address] });

    const closed = await api.store.suppressions.ofAddress(workspace, 'email', address);
    expect(open).toEqual([]);
    expect(closed.map(({ because }) => because)).toEqual(['complained', 'bounced']);
  });

  it('by a machine says that it was delivered, and no more', async () => {
    const line = await sent();

    await report('email.opened', line, { open: { userAgent: 'Mozilla/5.0' } });

    expect(await lineOf(line)).toMatchObject({ status: 'delivered' });
    expect(await lineOf(line)).not.toHaveProperty('openedAt');
  });

  it('leaves a message that was never handed over as it is', async () => {
    const line = await sent();
    const skipped = messageId(`${line.enrollment}.first.3`);
    await api.store.messages.claim({ ...aClaim(3), id: skipped, workspace, provider: 'resend' });
    const ended = { status: 'skipped', because: 'no-consent', at: now } as const;
    await api.store.messages.settle(workspace, skipped, ended);

    await report('email.delivered', { id: skipped });

    expect(await lineOf({ ...line, id: skipped })).toMatchObject({ status: 'skipped' });
  });
});

describe('a wait for a report', () => {
  const heardBy = async (line: Line) => {
    await api.deps.intake.drain();
    const found = await api.store.enrollments.find(workspace, line.enrollment);
    const page = await api.store.events.list(workspace, {}, { limit: 200 });
    return page.data
      .filter(({ name, contact }) => name.startsWith('message.') && contact === found?.contact)
      .flatMap(({ targets }) => targets.map(({ enrollment }) => enrollment));
  };
  const click = (link: string) => ({ click: { link, userAgent: 'Safari', timestamp: undefined } });

  it('hears that of its own enrollment alone, once for each link', async () => {
    const [mine, other] = [await sent('lea', 'cart-1'), await sent('lea', 'cart-2')];
    const link = 'https://shop.example/cart?token=secret';

    await report('email.clicked', mine, click(link));
    await report('email.clicked', mine, click(link));
    await report('email.clicked', mine, click('https://shop.example/help'));
    await report('email.delivered', mine);

    expect(await heardBy(mine)).toEqual([mine.enrollment, mine.enrollment]);
    expect(await heardBy(mine)).not.toContain(other.enrollment);
    const page = await api.store.events.list(workspace, {}, { limit: 200 });
    expect(JSON.stringify(page.data)).not.toContain('secret');
  });

  it('does not hear an event of that name from a client', async () => {
    const line = await sent('max');
    const event = { name: 'message.first.clicked', contact: { userId: 'max' } };
    await api.admin.post('/v1/events').send(event);

    expect(await heardBy(line)).toEqual([]);
  });
});

describe('a request that nobody vouches for', () => {
  it('is refused, and changes nothing', async () => {
    const line = await sent();
    const genuine = fromResend('email.complained', { workspace, message: line.id }, { now });

    const forged = await post({ ...genuine, body: genuine.body.replace('complained', 'bounced') });
    const bare = await api.anonymous.post('/hooks/providers/resend');
    const nobody = await api.anonymous.post('/hooks/providers/smtp').send({});

    expect([forged.status, bare.status, nobody.status]).toEqual([401, 401, 404]);
    expect(await lineOf(line)).toMatchObject({ status: 'sent' });
  });

  it('cannot speak of a message that another provider has carried', async () => {
    const line = await sent();
    const reference = { workspace, message: line.id };

    const answer = await post(
      fromTwilio(api.deps.links.origin, { MessageStatus: 'delivered' }, reference),
    );

    expect(answer.body).toEqual({ taken: 0, left: 1 });
    expect(await lineOf(line)).toMatchObject({ status: 'sent' });
  });

  it('is too large beyond 256 KiB', async () => {
    const answer = await api.anonymous.post('/hooks/providers/resend').send('a'.repeat(300_000));

    expect(answer.status).toBe(413);
  });
});

it('repeats the challenge of WhatsApp, and nothing that is none', async () => {
  const path = '/hooks/providers/whatsapp';

  const asked = await api.anonymous.get(path).query({ 'hub.challenge': '1158201444' });
  const script = await api.anonymous.get(path).query({ 'hub.challenge': '<script>' });

  expect([asked.text, asked.type]).toEqual(['1158201444', 'text/plain']);
  expect(script.status).toBe(400);
});
