import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import { parseDevConfig } from '../../../src/process/config';
import { readMailbox } from '../../../dev/mailbox/read-mailbox';
import { mailboxPart } from '../../../dev/stack/parts/mailbox-part';
import { settlePorts, type Ports } from '../../../dev/stack/processes/ports';
import { readStackFile } from '../../../dev/stack/stack-file';
import { supervise, type Supervised } from '../../../dev/stack/supervise';
import { until } from '../../support/processes/until';
import { ask, attacks, upgrade } from '../guard/attacks';
import { channelModules } from '../../../src/channels/channels';
import { delivering } from '../../channels/email/mail-server';
import { fakePlan } from '../stack/fake-stack';
import { aReference } from '../../support/reference';

const socketPath = '/socket.io/?EIO=4&transport=websocket';

describe('mailbox', () => {
  let stateDir: string;
  let ports: Ports;
  let stack: Supervised;

  beforeAll(async () => {
    stateDir = mkdtempSync(join(tmpdir(), 'itinera-mailbox-'));
    ports = await settlePorts({ stateDir, from: 'any' });
    const part = mailboxPart({ config: parseDevConfig({}), stateDir, ports });
    const plan = fakePlan(part ? [part] : []);
    stack = await supervise({ stateDir, plan: () => Promise.resolve(plan), log: () => undefined });
  });

  afterAll(async () => {
    await stack.stop();
    rmSync(stateDir, { recursive: true });
  });

  const deliver = async (subject: string) => {
    const smtp = createTransport(`smtp://127.0.0.1:${ports.smtp}`);
    await smtp.sendMail({
      from: 'Shop <shop@example.com>',
      to: 'Ann <ann@example.com>, bob@example.com',
      subject,
      text: 'Your cart waits',
      html: '<p>Your cart waits</p>',
      date: new Date('2026-03-02T10:00:00Z'),
      headers: { 'List-Unsubscribe': '<https://shop.example.com/u>' },
    });
    smtp.close();
  };

  const mails = () => readMailbox(`http://127.0.0.1:${ports.mailbox}`);

  it('shows what it received, and keeps it when it is killed', async () => {
    await deliver('Grüße 🛒');
    await until(async () => (await mails()).length === 1);
    const before = await mails();
    const killed = readStackFile(stateDir)?.processes['mailbox'] ?? 0;

    process.kill(killed, 'SIGKILL');
    await until(() => readStackFile(stateDir)?.processes['mailbox'] !== killed);
    await until(() =>
      mails().then(
        (kept) => kept.length === 1,
        () => false,
      ),
    );

    expect(before).toMatchObject([
      {
        from: 'shop@example.com',
        to: ['ann@example.com', 'bob@example.com'],
        subject: 'Grüße 🛒',
        text: 'Your cart waits',
        html: '<p>Your cart waits</p>',
        headers: { 'list-unsubscribe': '<https://shop.example.com/u>' },
        receivedAt: Date.UTC(2026, 2, 2, 10),
      },
    ]);
    expect(await mails()).toStrictEqual(before);
  });

  it('shows messages to telephones, each as one shows it', async () => {
    const host = `127.0.0.1:${ports.gateway}`;
    const chat = {
      to: '+393331234567',
      template: 'cart',
      language: 'it',
      text: 'Ciao <b>Giulia</b>',
    };
    const { whatsapp, sms } = channelModules;
    const byWhatsApp = whatsapp.createProvider(`whatsapp://1:t@${host}?preview=true`);
    const bySms = sms.createProvider(`twilio://a:t@${host}?from=%2B15005550006`);
    const before = (await mails()).length;

    await delivering(byWhatsApp).deliver({ ...chat, filled: [], reference: aReference }, 'key');
    const text = { to: '+393331234567', text: 'Ciao', reference: aReference };
    await delivering(bySms).deliver(text, 'key');

    await until(async () => (await mails()).length === before + 2);
    expect(await mails()).toMatchObject([
      ...Array.from({ length: before }, () => ({})),
      {
        ...{ to: ['+393331234567@whatsapp.invalid'], subject: 'WhatsApp to +393331234567' },
        ...{ text: 'Ciao <b>Giulia</b>' },
        html: expect.stringContaining('Ciao &#60;b&#62;Giulia') as string,
      },
      {
        ...{ to: ['+393331234567@sms.invalid'], subject: 'SMS to +393331234567' },
        ...{ from: '+15005550006@sms.invalid', text: 'Ciao' },
        html: expect.stringContaining('>Ciao</div>') as string,
      },
    ]);
  });

  it('attack 18: answers no web site', async () => {
    const asks = attacks(ports.mailbox).flatMap(([, headers]) => [
      ask(ports.mailbox, { path: '/email', headers }),
      ask(ports.mailbox, { path: '/email/all', method: 'DELETE', headers }),
      ask(ports.mailbox, { path: socketPath, headers: { ...upgrade, ...headers } }),
    ]);

    const answers = await Promise.all(asks);

    expect(answers.filter(({ status }) => status !== 403)).toEqual([]);
  });

  it('tells its own page of new mails', async () => {
    const { status } = await ask(ports.mailbox, { path: socketPath, headers: upgrade });

    expect(status).toBe(101);
  });
});
