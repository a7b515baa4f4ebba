import { emailMessageIdOf } from '../../../src/channels/email/checked-mail';
import { createSmtp, requiresTls } from '../../../src/channels/email/smtp/smtp';
import { delivering, startMailServer } from './mail-server';
import { aReference } from '../../support/reference';

describe('attack 16: a mail server without TLS', () => {
  it.each([
    ['smtp://mail.example.org:587', true],
    ['smtp://user:secret@10.0.0.7:25', true],
    ['smtp://127.evil.example:25', true],
    ['smtp://mailpit:1025?requireTLS=false', false],
    ['smtp://127.0.0.1:1025', false],
    ['smtp://localhost:1025', false],
    ['smtp://[::1]:1025', false],
  ])('%s needs TLS: %s', (url, needsTls) => {
    expect(requiresTls(url)).toBe(needsTls);
  });

  it('is told no credentials and no mail', async () => {
    const server = await startMailServer();
    const url = new URL(server.url);
    url.search = 'requireTLS=true';
    url.username = 'shop';
    url.password = 'secret';
    const smtp = delivering(createSmtp({ url: url.href }));
    const email = {
      from: { name: 'Bottega', address: 'ciao@bottega.example' },
      ...{ to: 'giulia@example.com', subject: 'Ciao', html: '<p>Ciao</p>', text: 'Ciao' },
      messageId: emailMessageIdOf('cart-recovery.c1.t.1.first.1', 'bottega.example'),
      reference: aReference,
    };

    await expect(smtp.deliver(email, 'key')).rejects.toMatchObject({ kind: 'blocked' });

    expect(server.delivered).toEqual([]);
    smtp.close();
    await server.stop();
  });
});
