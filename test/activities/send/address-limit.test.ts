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

const hour = 3_600_000;
const transactional = { purpose: 'transactional' } as const;
const skipped = { status: 'skipped', because: 'address-limit' };
const accept = () => Promise.resolve({ kind: 'accepted', providerId: 'p2' } as const);

async function entering({ shop }: Sending, cart: string, userId: string): Promise<EnrollmentId> {
  const contact = { userId, email: 'ADA@shop.test' };
  const { enrollments } = await shop.receive({ contact, properties: { cart_id: cart } });
  const [entered] = enrollments;
  if (!entered) throw new Error(`cart "${cart}" did not enter`);
  return entered.id;
}

/** Ada's enrollment comes first; the others are of contacts with her address. */
async function crowd(
  others: number,
  limit?: number,
  step: Partial<SendStep> = transactional,
): Promise<Readonly<{ sending: Sending; all: readonly EnrollmentId[] }>> {
  const sending = await standOnSend(opened.store, step);
  const { workspace } = sending.shop;
  const limited = { ...workspace, ...(limit !== undefined && { dailyLimitPerAddress: limit }) };
  await opened.store.workspaces.put(limited);
  const numbers = Array.from({ length: others }, (_, number) => String(number));
  const entered = await Promise.all(
    numbers.map((number) => entering(sending, `cart-${number}`, `user-${number}`)),
  );
  return { sending, all: [sending.enrollment, ...entered] };
}

async function sendAll(sending: Sending, all: readonly EnrollmentId[]): Promise<void> {
  for (const enrollment of all) await sending.send({ enrollment });
}

describe('attack 14: messages without end to one address', () => {
  it('are skipped beyond twenty a day, transactional ones too', async () => {
    const { sending, all } = await crowd(21);

    await sendAll(sending, all);

    expect(sending.delivered).toHaveLength(20);
    expect(await sending.message(all[20])).toMatchObject(skipped);
  });

  it('are skipped beyond the limit of the workspace, sent all at once', async () => {
    const { sending, all } = await crowd(9, 3);

    await Promise.all(all.map((enrollment) => sending.send({ enrollment })));

    expect(sending.delivered).toHaveLength(3);
  });

  it('are sent again on the next day', async () => {
    const { sending, all } = await crowd(2, 1);

    await sendAll(sending, all.slice(0, 2));
    sending.goTo(noon + 12 * hour);
    await sendAll(sending, all.slice(2));

    expect(await sending.message(all[1])).toMatchObject(skipped);
    expect(await sending.message(all[2])).toMatchObject({ status: 'sent' });
  });

  it('do not keep those to another address away', async () => {
    const { sending, all } = await crowd(1, 1);
    await sending.change({ email: 'other@shop.test' });

    await sendAll(sending, all);

    expect(sending.delivered).toHaveLength(2);
  });

  it('count once for a message that is tried again', async () => {
    const { sending, all } = await crowd(1, 2);
    const busy = new ProviderTrouble('busy', { kind: 'deferred' });
    sending.provider.deliver = () => Promise.reject(busy);
    await expect(sending.send()).rejects.toThrow('DEFERRED');
    sending.provider.deliver = accept;
    sending.goTo(noon + hour);

    await sending.send({ attempt: 2 });
    await sendAll(sending, all.slice(1));

    expect(await sending.message()).toMatchObject({ status: 'sent' });
    expect(await sending.message(all[1])).toMatchObject({ status: 'sent' });
  });

  it('leave a repeat unknown that finds no room, since it may have left', async () => {
    const { sending, all } = await crowd(1, 1, { ...transactional, delivery: 'at-least-once' });
    sending.provider.deliver = () => Promise.reject(new Error('cut'));
    await expect(sending.send()).rejects.toThrow('cut');
    sending.provider.deliver = accept;
    sending.goTo(noon + 13 * hour);
    await sendAll(sending, all.slice(1));

    await sending.send({ attempt: 2 });

    expect(await sending.message()).toMatchObject({ status: 'unknown' });
  });

  it('do not count one that another contact with the address keeps away', async () => {
    const { sending } = await crowd(0, 2, { purpose: 'service' });
    const twin = await entering(sending, 'a', 'twin');
    const later = await entering(sending, 'b', 'later');

    await sendAll(sending, [sending.enrollment, twin, later]);

    expect(await sending.message(twin)).toMatchObject({ because: 'same-address' });
    expect(await sending.message(later)).toMatchObject({ status: 'sent' });
  });
});
