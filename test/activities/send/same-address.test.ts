import { ProviderTrouble } from '../../../src/channels/channel';
import type { EnrollmentId } from '../../../src/core/ids';
import type { SendStep } from '../../../src/core/journeys/steps/send';
import { noon } from '../../support/intake';
import { standOnSend, type Sending } from '../../support/sending';
import { openTestStore, type TestStore } from '../../support/store';

let opened: TestStore;

beforeAll(async () => {
  opened = await openTestStore();
});
afterAll(() => opened.close());

const day = 86_400_000;

/** Ada stands on the send, and a second contact with her address. */
async function two(
  step: Partial<SendStep> = {},
  { cart = 'a', email = 'ADA@shop.test' } = {},
): Promise<Readonly<{ sending: Sending; twin: EnrollmentId }>> {
  const sending = await standOnSend(opened.store, step);
  const contact = { userId: 'twin', email };
  const { enrollments } = await sending.shop.receive({ contact, properties: { cart_id: cart } });
  const [entered] = enrollments;
  if (!entered) throw new Error('the twin did not enter');
  return { sending, twin: entered.id };
}

describe('R54: two contacts with one address', () => {
  it('get one message of a step', async () => {
    const { sending, twin } = await two();

    await sending.send();
    await sending.send({ enrollment: twin });

    expect(sending.delivered.map(({ to }) => to)).toEqual(['ada@shop.test']);
    const skipped = { status: 'skipped', because: 'same-address' };
    expect(await sending.message(twin)).toMatchObject(skipped);
  });

  it('get one message where both are sent at once', async () => {
    const { sending, twin } = await two();

    await Promise.all([sending.send(), sending.send({ enrollment: twin })]);

    expect(sending.delivered).toHaveLength(1);
  });

  it.each<[string, Partial<SendStep>, Readonly<{ cart?: string; email?: string }>]>([
    ['of two carts', {}, { cart: 'b' }],
    ['that a contract requires', { purpose: 'transactional' }, {}],
    ['to two addresses', {}, { email: 'twin@shop.test' }],
  ])('get a message each: one %s', async (_what, step, other) => {
    const { sending, twin } = await two(step, other);

    await sending.send();
    await sending.send({ enrollment: twin });

    expect(sending.delivered).toHaveLength(2);
  });

  it('get a message each a week apart', async () => {
    const { sending, twin } = await two();

    await sending.send();
    sending.goTo(noon + 8 * day);
    await sending.send({ enrollment: twin });

    expect(sending.delivered).toHaveLength(2);
  });

  it('leave the address to the other where the first message failed', async () => {
    const { sending, twin } = await two();
    const refused = { kind: 'refused', because: 'content-refused', detail: 'no' } as const;
    sending.provider.deliver = () => Promise.resolve(refused);
    await sending.send();
    sending.provider.deliver = () => Promise.resolve({ kind: 'accepted', providerId: 'p2' });

    await sending.send({ enrollment: twin });

    expect(await sending.message(twin)).toMatchObject({ status: 'sent' });
  });

  it('end as unknown where one may have left before the address was taken', async () => {
    const { sending, twin } = await two({ delivery: 'at-least-once' });
    sending.provider.deliver = () => Promise.reject(new Error('cut'));
    await expect(sending.send()).rejects.toThrow('cut');
    sending.provider.deliver = () => Promise.resolve({ kind: 'accepted', providerId: 'p2' });
    sending.goTo(noon + 8 * day);
    await sending.send({ enrollment: twin });

    await sending.send({ attempt: 2 });

    expect(await sending.message(twin)).toMatchObject({ status: 'sent' });
    expect(await sending.message()).toMatchObject({ status: 'unknown' });
  });

  it('keep the address for the one whose message is tried again', async () => {
    const { sending, twin } = await two({ delivery: 'at-least-once' });
    sending.provider.deliver = () => Promise.reject(new Error('cut'));
    await expect(sending.send()).rejects.toThrow('cut');
    sending.provider.deliver = () => Promise.resolve({ kind: 'accepted', providerId: 'p2' });

    await sending.send({ enrollment: twin });
    await sending.send({ attempt: 2 });

    expect(await sending.message(twin)).toMatchObject({ status: 'skipped' });
    expect(await sending.message()).toMatchObject({ status: 'sent' });
  });
});

describe('R54: a message that was not sent', () => {
  const busy = new ProviderTrouble('busy', { kind: 'deferred' });
  const accept = () => Promise.resolve({ kind: 'accepted', providerId: 'p2' } as const);
  const hour = 3_600_000;

  /** Ada's message was put off, with the address in its hands. */
  const putOff = async () => {
    const { sending, twin } = await two();
    sending.provider.deliver = () => Promise.reject(busy);
    await expect(sending.send()).rejects.toThrow('DEFERRED');
    sending.provider.deliver = accept;
    return { sending, twin };
  };

  it('keeps its address while it is put off, and has it at the next attempt', async () => {
    const { sending, twin } = await putOff();

    await sending.send({ enrollment: twin });
    sending.goTo(noon + hour);
    await sending.send({ attempt: 2 });

    expect(await sending.message(twin)).toMatchObject({ because: 'same-address' });
    expect(await sending.message()).toMatchObject({ status: 'sent' });
  });

  it('gives its address up when the gate holds it back at a later attempt', async () => {
    const { sending, twin } = await putOff();
    sending.goTo(noon + hour);
    await sending.change({ consents: { service: { email: { given: false, at: noon } } } });
    await sending.send({ attempt: 2 });

    await sending.send({ enrollment: twin });

    expect(await sending.message()).toMatchObject({ because: 'refused-consent' });
    expect(await sending.message(twin)).toMatchObject({ status: 'sent' });
  });

  it('gives its address up when its time is over before it has a slot again', async () => {
    const { sending, twin } = await putOff();
    sending.goTo(noon + 6 * day);
    sending.provider.take = () => Promise.reject(busy);
    await sending.send({ attempt: 2 });
    sending.provider.take = () => Promise.resolve();

    await sending.send({ enrollment: twin });

    expect(await sending.message()).toMatchObject({ status: 'failed' });
    expect(await sending.message(twin)).toMatchObject({ status: 'sent' });
  });

  it('keeps its address where nobody knows whether it was sent', async () => {
    const { sending, twin } = await two();
    const unanswered = new ProviderTrouble('connection lost', { kind: 'unanswered' });
    sending.provider.deliver = () => Promise.reject(unanswered);
    await sending.send();

    await sending.send({ enrollment: twin });

    expect(await sending.message()).toMatchObject({ status: 'unknown' });
    expect(await sending.message(twin)).toMatchObject({ because: 'same-address' });
  });
});
