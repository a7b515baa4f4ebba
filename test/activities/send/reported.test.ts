import { ProviderTrouble } from '../../../src/channels/channel';
import type { ReportKind } from '../../../src/core/events/message-event';
import { noon } from '../../support/intake';
import { standOnSend } from '../../support/sending';
import { openTestStore, type TestStore } from '../../support/store';

const unanswered = new ProviderTrouble('connection lost', { kind: 'unanswered' });

let opened: TestStore;

beforeAll(async () => {
  opened = await openTestStore();
});
afterAll(async () => {
  await opened.close();
});

type Sending = Awaited<ReturnType<typeof standOnSend>>;

async function report(sending: Sending, kind: ReportKind): Promise<void> {
  const message = await sending.message();
  if (!message) throw new Error('There is no message');
  const reported = { kind, at: noon + 1, providerId: 'p7' };
  await opened.store.messages.report(message.workspace, message.id, reported);
}

async function sentOf({ shop, enrollment }: Sending): Promise<readonly string[]> {
  const all = await opened.store.decisions.ofEnrollment(shop.workspace.id, enrollment);
  return all.filter((decision) => 'message' in decision).map(({ kind }) => kind);
}

describe('P3: a message whose provider reports on it', () => {
  it('is delivered, where the report comes before the answer', async () => {
    const sending = await standOnSend(opened.store);
    sending.provider.deliver = async () => {
      await report(sending, 'delivered');
      return { kind: 'accepted', providerId: 'p7' };
    };

    const outcome = await sending.send();

    expect(await sending.message()).toMatchObject({ status: 'delivered', providerId: 'p7' });
    expect(outcome).toMatchObject({ kind: 'handled' });
    expect(await sentOf(sending)).toEqual(['sent']);
  });

  it('is not handed over again, where the report comes in place of the answer', async () => {
    const sending = await standOnSend(opened.store, { delivery: 'at-least-once' });
    sending.provider.deliver = async () => {
      await report(sending, 'bounced');
      throw unanswered;
    };
    await expect(sending.send()).rejects.toThrow('UNANSWERED');
    sending.goTo(noon + 3_600_000);

    await sending.send({ attempt: 2 });

    expect(sending.delivered).toHaveLength(1);
    expect(await sending.message()).toMatchObject({ status: 'bounced' });
    expect(await sentOf(sending)).toEqual(['sent']);
  });
});
