import type { SendStep } from '../../../src/core/journeys/steps/send';
import type { Cap, QuietHours } from '../../../src/core/workspaces/rules';
import type { EnrollmentId } from '../../../src/core/ids';
import { noon } from '../../support/intake';
import { standOnSend, type Sending } from '../../support/sending';
import { openTestStore, type TestStore } from '../../support/store';

let opened: TestStore;

beforeAll(async () => {
  opened = await openTestStore();
});
afterAll(() => opened.close());

const hour = 3_600_000;
/** It is noon in UTC, and an hour later in Rome. */
const siesta: QuietHours = { from: '13:00', to: '16:00' };
const ended = { status: 'sent', providerId: 'p1' };

async function standIn(
  rules: Readonly<{ quietHours?: readonly QuietHours[]; caps?: readonly Cap[] }>,
  step: Partial<SendStep> = {},
): Promise<Sending> {
  const sending = await standOnSend(opened.store, { purpose: 'marketing', ...step });
  await sending.change({ consents: { marketing: { email: { given: true, at: noon } } } });
  await opened.store.workspaces.put({ ...sending.shop.workspace, ...rules });
  return sending;
}

async function decisionsOf({ shop, enrollment }: Sending) {
  const found = await opened.store.decisions.ofEnrollment(shop.workspace.id, enrollment);
  return found.map((decision) => [decision.kind, 'because' in decision && decision.because]);
}

describe('a message in quiet hours', () => {
  it('waits until they are over, and the ledger and the timeline say why', async () => {
    const sending = await standIn({ quietHours: [siesta] });

    const outcome = await sending.send();

    const { nextAttemptAt: until } = (await sending.message()) ?? {};
    expect(until).toBeGreaterThanOrEqual(noon + 3 * hour);
    expect(until).toBeLessThan(noon + 3.25 * hour);
    expect(outcome).toEqual({
      ...{ kind: 'deferred', step: 'remind', because: 'quiet-hours', written: 0 },
      until,
    });
    expect(await sending.message()).toMatchObject({ status: 'deferred', because: 'quiet-hours' });
    expect(await decisionsOf(sending)).toContainEqual(['deferred', 'quiet-hours']);
    expect(sending.delivered).toEqual([]);
  });

  it('is put off once, where the answer to that was lost', async () => {
    const sending = await standIn({ quietHours: [siesta] });

    const [first, again] = [await sending.send(), await sending.send({ attempt: 2 })];

    expect(again).toEqual(first);
    expect((await decisionsOf(sending)).filter(([kind]) => kind === 'deferred')).toHaveLength(1);
  });

  it('goes out when they are over', async () => {
    const sending = await standIn({ quietHours: [siesta] });
    await sending.send();
    sending.goTo(noon + 4 * hour);

    await sending.send({ attempt: 2 });

    expect(sending.delivered).toHaveLength(1);
    const sent = await sending.message();
    expect(sent).toMatchObject(ended);
    expect(sent).not.toHaveProperty('because');
  });

  it('passes the whole gate again, so that a purchase meanwhile ends it', async () => {
    const sending = await standIn({ quietHours: [siesta] });
    await sending.send();
    const { shop } = sending;
    const { contact: id } = (await sending.message()) ?? {};
    await shop.receive({ name: 'Order Completed', contact: { id: String(id) }, properties: {} });
    sending.goTo(noon + 4 * hour);

    await sending.send({ attempt: 2 });

    expect(sending.delivered).toEqual([]);
    expect(await sending.message()).toMatchObject({ status: 'skipped', because: 'exit-event' });
  });

  it.each([
    ['its step waits for nothing', { maxHold: 'PT0S' }],
    ['they last longer than its step waits', { maxHold: 'PT1H' }],
  ])('is skipped for the same reason where %s', async (_why, step) => {
    const sending = await standIn({ quietHours: [siesta] }, step);

    await sending.send();

    expect(await sending.message()).toMatchObject({ status: 'skipped', because: 'quiet-hours' });
  });

  it('goes out where it is transactional', async () => {
    const sending = await standIn({ quietHours: [siesta] }, { purpose: 'transactional' });

    await sending.send();

    expect(sending.delivered).toHaveLength(1);
  });
});

describe('a message outside the window of its step', () => {
  it('waits for it over a weekend', async () => {
    const days = ['mon', 'tue', 'wed', 'thu', 'fri'] as const;
    const sending = await standIn({}, { window: { from: '09:00', to: '10:00', days } });

    const outcome = await sending.send();

    expect(outcome).toMatchObject({ kind: 'deferred', because: 'outside-window' });
  });
});

async function another({ shop }: Sending, cart: string): Promise<EnrollmentId> {
  const contact = { email: 'ada@shop.test' };
  const { enrollments } = await shop.receive({ contact, properties: { cart_id: cart } });
  const [entered] = enrollments;
  if (!entered) throw new Error(`cart "${cart}" did not enter`);
  return entered.id;
}

async function carts(sending: Sending, count: number): Promise<readonly EnrollmentId[]> {
  const entered: EnrollmentId[] = [];
  for (let nth = 0; nth < count; nth += 1) entered.push(await another(sending, `cart-${nth}`));
  return entered;
}

describe('a cap', () => {
  it('is never exceeded by 50 messages to one person that go out together', async () => {
    const sending = await standIn({ caps: [{ most: 3, within: 'PT24H' }] });
    const all = [sending.enrollment, ...(await carts(sending, 49))];

    const outcomes = await Promise.all(all.map((enrollment) => sending.send({ enrollment })));

    expect(sending.delivered).toHaveLength(3);
    expect(outcomes.filter(({ kind }) => kind === 'deferred')).toHaveLength(47);
  }, 60_000);

  it('lets a message go once there is room again', async () => {
    const sending = await standIn({ caps: [{ most: 1, within: 'PT6H' }] });
    const second = await another(sending, 'second');
    await sending.send();

    const outcome = await sending.send({ enrollment: second });
    sending.goTo(noon + 7 * hour);
    await sending.send({ enrollment: second, attempt: 2 });

    expect(outcome).toMatchObject({ kind: 'deferred', because: 'frequency-cap' });
    expect(sending.delivered).toHaveLength(2);
  });

  it('counts no message that its provider refused', async () => {
    const sending = await standIn({ caps: [{ most: 1, within: 'PT6H' }] });
    const second = await another(sending, 'second');
    sending.provider.deliver = () =>
      Promise.resolve({ kind: 'refused', because: 'content-refused', detail: 'no' });
    await sending.send();
    sending.provider.deliver = () => Promise.resolve({ kind: 'accepted', providerId: 'p2' });

    await sending.send({ enrollment: second });

    expect(await sending.message(second)).toMatchObject({ status: 'sent' });
  });
});

describe('a message by what an operator has switched off', () => {
  const off = { reason: 'a wrong price', by: 'ops', at: noon } as const;

  it.each([
    ['channel', 'email'],
    ['provider', 'test'],
    ['journey', 'cart-recovery'],
  ] as const)('is held while the %s is off, and goes out once it is on', async (kind, name) => {
    const sending = await standIn({});
    const { switches } = opened.store;
    const { id } = sending.shop.workspace;
    await switches.turnOff(id, { kind, name, ...off });

    await expect(sending.send()).rejects.toMatchObject({ code: 'SWITCHED-OFF' });
    const held = await sending.message();
    await switches.turnOn(id, { kind, name });
    sending.goTo(noon + hour);
    await sending.send({ attempt: 2 });

    expect(held).toMatchObject({ status: 'deferred', because: 'switched-off' });
    expect(await decisionsOf(sending)).toContainEqual(['deferred', 'switched-off']);
    expect(await sending.message()).toMatchObject(ended);
  });
});
