import { ProviderTrouble } from '../../../src/channels/channel';
import { ask } from '../../../src/intake/commands/ask';
import { stepId } from '../../../src/core/ids';
import { noon } from '../../support/intake';
import { anEvent } from '../../support/core/builders';
import { standOnSend } from '../../support/sending';
import { until } from '../../support/processes/until';
import { openTestStore, type TestStore } from '../../support/store';

const unreachable = new ProviderTrouble('connection refused', { kind: 'unreachable' });
const unanswered = new ProviderTrouble('connection lost', { kind: 'unanswered' });

const later = noon + 3_600_000;

let opened: TestStore;

beforeAll(async () => {
  opened = await openTestStore();
});
afterAll(async () => {
  await opened.close();
});

async function decisionsOf({ shop, enrollment }: Awaited<ReturnType<typeof standOnSend>>) {
  return opened.store.decisions.ofEnrollment(shop.workspace.id, enrollment);
}

describe('a send', () => {
  it('hands the message over, says so, and closes the enrollment after the last step', async () => {
    const sending = await standOnSend(opened.store);

    const outcome = await sending.send();

    expect(outcome).toMatchObject({ kind: 'handled', ended: { as: 'completed' } });
    expect(sending.delivered).toMatchObject([{ to: 'ada@shop.test', subject: 'reminder' }]);
    expect(await sending.message()).toMatchObject({ status: 'sent', providerId: 'p1' });
    expect(await sending.shop.enrollments()).toMatchObject([{ ended: { as: 'completed' } }]);
    expect(await decisionsOf(sending)).toMatchObject([
      { kind: 'entered' },
      { kind: 'sent', step: 'remind' },
      { kind: 'ended', because: 'completed' },
    ]);
  });

  it('moves the enrollment to where the journey stands next', async () => {
    const sending = await standOnSend(opened.store);

    await sending.send({ following: { kind: 'step', step: stepId('rest') } });

    expect(await sending.shop.enrollments()).toMatchObject([{ step: 'rest' }]);
  });

  it('changes nothing when it runs again after its answer was lost', async () => {
    const sending = await standOnSend(opened.store);
    const first = await sending.send();

    const second = await sending.send({ attempt: 2 });

    expect(second).toEqual(first);
    expect(sending.delivered).toHaveLength(1);
    expect(await decisionsOf(sending)).toHaveLength(3);
  });
});

describe('P2: a purchase beats a reminder', () => {
  it('even when the workflow has not heard of it', async () => {
    const sending = await standOnSend(opened.store);
    sending.shop.temporal.fail(new Error('Temporal is away'));
    await opened.store.events.insert(await purchaseBy(sending), { nextAt: noon + 60_000 });

    const outcome = await sending.send();

    expect(outcome).toMatchObject({ ended: { as: 'converted', because: 'exit-event' } });
    expect(sending.delivered).toEqual([]);
    expect(await sending.message()).toMatchObject({ status: 'skipped', because: 'exit-event' });
    expect(await sending.shop.enrollments()).toMatchObject([{ ended: { as: 'converted' } }]);
  });
});

describe('an operator who ends an enrollment', () => {
  it('beats a message that has not been handed over, before anything is settled', async () => {
    const sending = await standOnSend(opened.store);
    const { shop, enrollment } = sending;
    const request = { enrollment, by: 'desk', reason: 'asked for' };
    await ask(shop.dependencies, shop.workspace.id, { kind: 'exit', request });

    const outcome = await sending.send();

    expect(outcome).toMatchObject({ ended: { as: 'stopped', because: 'operator' } });
    expect(sending.delivered).toEqual([]);
    expect(await sending.message()).toMatchObject({
      status: 'skipped',
      because: 'enrollment-ended',
    });
  });
});

describe('P3: a message goes out once', () => {
  it('is tried again when it is certain that nothing was handed over', async () => {
    const sending = await standOnSend(opened.store);
    sending.provider.deliver = () => Promise.reject(unreachable);
    await expect(sending.send()).rejects.toThrow('UNREACHABLE');
    sending.goTo(later);
    sending.provider.deliver = () => Promise.resolve({ kind: 'accepted', providerId: 'p2' });

    await sending.send({ attempt: 2 });

    expect(await sending.message()).toMatchObject({ status: 'sent', providerId: 'p2' });
  });

  it('is unknown, and not repeated, when the hand-over was not answered', async () => {
    const sending = await standOnSend(opened.store);
    sending.provider.deliver = () => Promise.reject(unanswered);

    await sending.send();
    await sending.send({ attempt: 2 });

    expect(sending.delivered).toHaveLength(1);
    expect(await sending.message()).toMatchObject({ status: 'unknown', because: 'unanswered' });
  });

  it('is handed over by one of two attempts that run at once', async () => {
    const sending = await standOnSend(opened.store);

    await Promise.allSettled([sending.send(), sending.send({ attempt: 2 })]);

    expect(sending.delivered).toHaveLength(1);
  });

  it('is unknown when the process died during the hand-over', async () => {
    const sending = await standOnSend(opened.store);
    sending.provider.deliver = () => new Promise(() => undefined);
    void sending.send();
    await until(async () => (await sending.message())?.status === 'handing');

    await sending.send({ attempt: 2 });

    expect(sending.delivered).toHaveLength(1);
    expect(await sending.message()).toMatchObject({ status: 'unknown' });
  });

  it('fails with its reason when its time is over, and the journey goes on', async () => {
    const sending = await standOnSend(opened.store);
    sending.provider.deliver = () => Promise.reject(unreachable);
    await expect(sending.send()).rejects.toThrow('UNREACHABLE');
    sending.goTo(noon + 97 * 3_600_000);

    const outcome = await sending.send({ attempt: 2 });

    expect(outcome).toMatchObject({ kind: 'handled' });
    expect(await sending.message()).toMatchObject({
      status: 'failed',
      because: 'provider-unreachable',
    });
  });
});

describe('a send that is held back', () => {
  it('says why and lets the journey go on', async () => {
    const sending = await standOnSend(opened.store, { purpose: 'marketing' });

    const outcome = await sending.send({ following: { kind: 'step', step: stepId('rest') } });

    expect(outcome).not.toHaveProperty('ended');
    expect(sending.delivered).toEqual([]);
    expect(await decisionsOf(sending)).toMatchObject([
      { kind: 'entered' },
      { kind: 'skipped', because: 'no-consent' },
    ]);
  });

  it('heeds the list of addresses not to write to', async () => {
    const sending = await standOnSend(opened.store);
    const address = {
      channel: 'email',
      address: 'Ada@Shop.test',
      because: 'bounced',
      at: noon,
    } as const;
    await opened.store.suppressions.suppress(sending.shop.workspace.id, address);

    await sending.send();

    expect(await sending.message()).toMatchObject({ status: 'skipped', because: 'bounced' });
  });
});

async function purchaseBy({ shop }: Awaited<ReturnType<typeof standOnSend>>) {
  const [enrollment] = await shop.enrollments();
  if (!enrollment) throw new Error('nobody entered');
  return {
    ...anEvent({
      id: `order-${enrollment.id}`,
      name: 'Order Completed',
      occurredAt: noon,
      contact: enrollment.contact,
    }),
    workspace: shop.workspace.id,
    fingerprint: '',
    status: 'pending',
    targets: [],
    refusals: [],
  } as const;
}
