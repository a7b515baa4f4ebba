import type { OutgoingEmail } from '../../../src/channels/email/outgoing-email';
import { emailMessageIdOf } from '../../../src/channels/email/checked-mail';
import { createSmtp } from '../../../src/channels/email/smtp/smtp';
import { until } from '../../support/processes/until';
import {
  delivering,
  refuseBodyWith,
  refuseWith,
  smtpError,
  startMailServer,
  startScriptedServer,
} from './mail-server';
import { aReference } from '../../support/reference';

const anEmail: OutgoingEmail = {
  from: { name: 'Bottega Ànita', address: 'ciao@bottega.example' },
  to: 'giulia@example.com',
  subject: 'È ancora qui: il tuo cestino 🧺',
  html: '<p>Ciao <b>Giulia</b>, è tutto pronto.</p>',
  text: 'Ciao Giulia, è tutto pronto.',
  messageId: emailMessageIdOf('cart-recovery.c1.t.1.first.1', 'bottega.example'),
  reference: aReference,
};

const closing: (() => Promise<void> | void)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

function smtpAt(url: string) {
  const provider = delivering(createSmtp({ url }));
  closing.push(provider.close);
  return provider;
}

async function mailServer(options?: Parameters<typeof startMailServer>[0]) {
  const server = await startMailServer(options);
  closing.push(server.stop);
  return server;
}

describe('an e-mail over SMTP', () => {
  it('arrives with both parts, its UTF-8 subject and its sender', async () => {
    const server = await mailServer();

    const receipt = await smtpAt(server.url).deliver(anEmail, 'key');

    expect(receipt).toEqual({ kind: 'accepted', providerId: anEmail.messageId });
    expect(server.delivered).toHaveLength(1);
    expect(server.delivered[0]?.email).toMatchObject({
      from: { name: 'Bottega Ànita', address: 'ciao@bottega.example' },
      to: [{ address: 'giulia@example.com' }],
      subject: 'È ancora qui: il tuo cestino 🧺',
      html: '<p>Ciao <b>Giulia</b>, è tutto pronto.</p>\n',
      text: 'Ciao Giulia, è tutto pronto.\n',
      messageId: anEmail.messageId,
    });
  });

  it.each(['.ab', 'ab.'])(
    'R46: reaches an address with a dot too many by a quoted local part: %s',
    async (local) => {
      const server = await mailServer();
      const to = `${local}@docomo.example`;

      const receipt = await smtpAt(server.url).deliver({ ...anEmail, to }, 'key');

      expect(receipt).toMatchObject({ kind: 'accepted' });
      expect(server.delivered[0]?.envelopeTo).toEqual([`"${local}"@docomo.example`]);
      expect(server.delivered[0]?.raw).toContain(`To: <"${local}"@docomo.example>\r\n`);
    },
  );

  it('R46: names an address with two dots to its server in quotes', async () => {
    const lines: string[] = [];
    const server = await startScriptedServer((line) => {
      lines.push(line);
      if (line === 'DATA') return '354 go on';
      return /^(EHLO|MAIL|RCPT|\.$)/.test(line) ? '250 ok' : '';
    });
    closing.push(server.stop);

    const to = 'a..b@docomo.example';
    const receipt = await smtpAt(server.url).deliver({ ...anEmail, to }, 'key');

    expect(receipt).toMatchObject({ kind: 'accepted' });
    expect(lines).toContain('RCPT TO:<"a..b"@docomo.example>');
  });

  it('carries the one-click unsubscribe headers of RFC 8058', async () => {
    const server = await mailServer();
    const url = `https://bottega.example/u/${'a'.repeat(160)}`;

    await smtpAt(server.url).deliver({ ...anEmail, unsubscribe: { url } }, 'key');

    const headers = server.delivered[0]?.email.headers;
    expect(headers).toContainEqual(
      expect.objectContaining({
        key: 'list-unsubscribe',
        value: `<${url}>`,
      }),
    );
    expect(headers).toContainEqual(
      expect.objectContaining({
        key: 'list-unsubscribe-post',
        value: 'List-Unsubscribe=One-Click',
      }),
    );
  });

  it('names no unsubscribe link where it has none', async () => {
    const server = await mailServer();

    await smtpAt(server.url).deliver(anEmail, 'key');

    expect(server.delivered[0]?.raw).not.toMatch(/list-unsubscribe/i);
  });

  it('is recognizable by a digest of its key, and the key itself stays here', async () => {
    const server = await mailServer();
    const key = 'cart-recovery.c1.t.1.first.1';

    await smtpAt(server.url).deliver(anEmail, key);

    const digest = emailMessageIdOf(key, 'x').slice(1, -3);
    expect(server.delivered[0]?.raw).toContain(`X-Itinera-Message: ${digest}\r\n`);
    expect(server.delivered[0]?.raw).not.toContain(key);
  });

  it('goes out again and again over one connection', async () => {
    let connections = 0;
    const server = await mailServer({
      onConnect: (_session, callback) => {
        connections += 1;
        callback();
      },
    });
    const smtp = smtpAt(server.url);

    await smtp.deliver(anEmail, 'one');
    await smtp.deliver(anEmail, 'two');
    await smtp.deliver(anEmail, 'three');

    expect(server.delivered).toHaveLength(3);
    expect(connections).toBe(1);
  });
});

describe('fault 4: a slot of a mail server', () => {
  it('is connected and let in before any message is named', async () => {
    const heard: string[] = [];
    const server = await mailServer({
      onMailFrom: (_address, _session, callback) => {
        heard.push('MAIL');
        callback();
      },
      onConnect: (_session, callback) => {
        heard.push('connected');
        callback();
      },
    });
    const smtp = smtpAt(server.url);

    const slot = await smtp.take();
    const before = [...heard];
    await slot.deliver(anEmail, 'key');
    slot.release();

    expect(before).toEqual(['connected']);
    expect(heard).toEqual(['connected', 'MAIL']);
  });

  it('is opened anew where the server has closed the connection meanwhile', async () => {
    let connections = 0;
    const server = await mailServer({
      socketTimeout: 1_000,
      onConnect: (_session, callback) => {
        connections += 1;
        callback();
      },
    });
    const smtp = smtpAt(server.url);
    await smtp.deliver(anEmail, 'one');
    await until(() => server.connections() === 0);

    await smtp.deliver(anEmail, 'two');

    expect(server.delivered).toHaveLength(2);
    expect(connections).toBe(2);
  });

  it('are as many as the URL says', async () => {
    const { url } = await mailServer();

    expect(smtpAt(url).slots).toBe(5);
    expect(smtpAt(`${url}?maxConnections=12`).slots).toBe(12);
  });

  it('fault 6: tells the words of the server without the address', async () => {
    const server = await mailServer({
      onRcptTo: refuseWith(450, '4.2.0 <giulia@example.com>: giulia is greylisted'),
    });

    const trouble = smtpAt(server.url).deliver(anEmail, 'key');

    await expect(trouble).rejects.toMatchObject({
      status: '450 4.2.0',
      message: '450 4.2.0 <…>: … is greylisted',
    });
  });
});

describe('a final answer of the server', () => {
  it.each([
    [
      'a recipient it does not know',
      { onRcptTo: refuseWith(550, 'No such user') },
      'address-refused',
    ],
    ['a body it takes for spam', { onData: refuseBodyWith(554, 'Spam') }, 'content-refused'],
    [
      'a body over its limit',
      { size: 100, onData: refuseBodyWith(552, 'Too big') },
      'content-refused',
    ],
  ])('refuses %s', async (_what, options, because) => {
    const server = await mailServer(options);

    const receipt = await smtpAt(server.url).deliver(anEmail, 'key');

    expect(receipt).toMatchObject({ kind: 'refused', because });
  });

  it('does not stand in the way of the next message', async () => {
    const server = await mailServer({
      onRcptTo: ({ address }, _session, callback) => {
        callback(address.startsWith('gone@') ? smtpError(550, 'No such user') : null);
      },
    });
    const smtp = smtpAt(server.url);

    const refused = await smtp.deliver({ ...anEmail, to: 'gone@example.com' }, 'one');
    const accepted = await smtp.deliver(anEmail, 'two');

    expect([refused.kind, accepted.kind]).toEqual(['refused', 'accepted']);
  });
});
