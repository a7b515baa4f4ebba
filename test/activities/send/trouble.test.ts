import { PutOff } from '../../../src/activities/put-off';
import { ProviderTrouble } from '../../../src/channels/channel';
import { noon } from '../../support/intake';
import { until } from '../../support/processes/until';
import { standOnSend, type Sending } from '../../support/sending';
import { openTestStore, type TestStore } from '../../support/store';

const minute = 60_000;
const hour = 60 * minute;
const away = new ProviderTrouble('connection refused', { kind: 'unreachable' });
const greylisted = new ProviderTrouble('450 4.2.0 Greylisted', {
  kind: 'deferred',
  status: '450 4.2.0',
});
const accepted = () => Promise.resolve({ kind: 'accepted', providerId: 'p2' } as const);

let opened: TestStore;

beforeAll(async () => {
  opened = await openTestStore();
});
afterAll(async () => {
  await opened.close();
});

async function putOffBy(sending: Sending, attempt = 1): Promise<PutOff> {
  const error: unknown = await sending.send({ attempt }).catch((reason: unknown) => reason);
  if (error instanceof PutOff) return error;
  throw new Error(`not put off: ${String(error)}`);
}

async function order({ shop }: Sending) {
  const [enrollment] = await shop.enrollments();
  const contact =
    enrollment && (await opened.store.contacts.findById(shop.workspace.id, enrollment.contact));
  await shop.receive({
    name: 'Order Completed',
    contact: { userId: contact?.userId ?? '' },
    properties: {},
  });
}

describe('fault 5: a mail server in trouble', () => {
  it('loses nothing while it is away for a day', async () => {
    const sending = await standOnSend(opened.store);
    sending.provider.take = () => Promise.reject(away);
    for (let now = noon + minute, attempt = 1; now < noon + 24 * hour; attempt += 1) {
      sending.goTo(now);
      now += (await putOffBy(sending, attempt)).retryInMs;
    }
    sending.provider.take = () => Promise.resolve();
    sending.goTo(noon + 25 * hour);

    await sending.send({ attempt: 200 });

    expect(await sending.message()).toMatchObject({ status: 'sent', attempts: 0 });
    expect(sending.delivered).toHaveLength(1);
  });

  it('is the only one whose answers count, whatever attempt of Temporal it is', async () => {
    const sending = await standOnSend(opened.store);
    sending.provider.deliver = () => Promise.reject(greylisted);

    const put = await putOffBy(sending, 10);

    expect(put).toMatchObject({ retryInMs: 5 * minute, code: 'DEFERRED' });
    expect(await sending.message()).toMatchObject({
      status: 'claimed',
      attempts: 1,
      nextAttemptAt: noon + 6 * minute,
      trouble: { kind: 'deferred', status: '450 4.2.0', text: '450 4.2.0 Greylisted' },
    });
  });

  it('is asked again when it says', async () => {
    const sending = await standOnSend(opened.store);
    const later = { kind: 'deferred', retryAfterMs: 90_000 } as const;
    sending.provider.deliver = () => Promise.reject(new ProviderTrouble('450 later', later));

    expect(await putOffBy(sending)).toMatchObject({ retryInMs: 90_000 });
  });

  it('is not asked earlier, though a worker died meanwhile', async () => {
    const sending = await standOnSend(opened.store);
    sending.provider.deliver = () => Promise.reject(greylisted);
    await putOffBy(sending);
    sending.goTo(noon + 2 * minute);

    const early = await putOffBy(sending, 2);

    expect(early.retryInMs).toBe(4 * minute);
    expect(sending.delivered).toHaveLength(1);
  });

  it('is not asked for longer than the step says', async () => {
    const sending = await standOnSend(opened.store, { retryFor: 'PT3M' });
    sending.provider.deliver = () => Promise.reject(greylisted);

    expect(await putOffBy(sending)).toMatchObject({ retryInMs: 3 * minute });
    sending.goTo(noon + 4 * minute);
    await sending.send({ attempt: 2 });

    expect(await sending.message()).toMatchObject({
      status: 'failed',
      because: 'deferred-too-long',
    });
  });

  it.each([
    ['takes the message again', () => Promise.resolve()],
    ['is still away', () => Promise.reject(away)],
  ])('is passed by where the contact has bought meanwhile and it %s', async (_what, take) => {
    const sending = await standOnSend(opened.store);
    sending.provider.take = () => Promise.reject(away);
    await putOffBy(sending);
    await order(sending);
    sending.provider.take = take;
    sending.goTo(noon + hour);

    const outcome = await sending.send({ attempt: 2 });

    expect(outcome).toMatchObject({ ended: { as: 'converted' } });
    expect(sending.delivered).toEqual([]);
  });

  it('says of which address it will never take a message', async () => {
    const sending = await standOnSend(opened.store);
    sending.provider.deliver = () =>
      Promise.resolve({ kind: 'refused', because: 'address-refused', detail: '550 5.1.1 …' });

    await sending.send();

    expect(await sending.message()).toMatchObject({
      status: 'failed',
      because: 'address-refused',
      answer: '550 5.1.1 …',
    });
  });
});

describe('fault 4: a message that waits for a slot', () => {
  it('is not marked as under way, and an order that comes meanwhile holds it back', async () => {
    const sending = await standOnSend(opened.store);
    let giveSlot: (() => void) | undefined;
    sending.provider.take = () =>
      new Promise((resolve) => {
        giveSlot = resolve;
      });
    const sent = sending.send();
    await until(() => giveSlot !== undefined);
    const waiting = await sending.message();
    await order(sending);
    giveSlot?.();

    const outcome = await sent;

    expect(waiting).toMatchObject({ status: 'claimed' });
    expect(outcome).toMatchObject({ ended: { as: 'converted' } });
    expect(sending.delivered).toEqual([]);
  });

  it('is sent by the next attempt where its worker died while it waited', async () => {
    const sending = await standOnSend(opened.store);
    let isWaiting = false;
    sending.provider.take = () =>
      new Promise(() => {
        isWaiting = true;
      });
    void sending.send();
    await until(() => isWaiting);
    sending.provider.take = () => Promise.resolve();
    sending.provider.deliver = accepted;

    await sending.send({ attempt: 2 });

    expect(await sending.message()).toMatchObject({ status: 'sent', providerId: 'p2' });
  });
});
