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
