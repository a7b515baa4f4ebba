import { canaries, canariesIn } from '../../dev/stack/canary/canaries';
import { ProviderTrouble } from '../../../src/channels/channel';
import type { OutgoingEmail } from '../../../src/channels/email/outgoing-email';
import { emailMessageIdOf } from '../../../src/channels/email/checked-mail';
import { createSmtp, type SmtpTimeouts } from '../../../src/channels/email/smtp/smtp';
import {
  closedUrl,
  refuseBodyWith,
  refuseWith,
  smtpError,
  startMailServer,
  startScriptedServer,
  delivering,
} from './mail-server';
import { aReference } from '../../support/reference';

const anEmail: OutgoingEmail = {
  from: { address: 'ciao@bottega.example' },
  to: 'giulia@example.com',
  subject: 'Your basket',
  html: '<p>Hello</p>',
  text: 'Hello',
  messageId: emailMessageIdOf('key', 'bottega.example'),
  reference: aReference,
};

const closing: (() => Promise<void> | void)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

function smtpAt(url: string, timeouts: SmtpTimeouts = {}) {
  const provider = delivering(createSmtp({ url, timeouts }));
  closing.push(provider.close);
  return provider;
}

async function mailServer(options?: Parameters<typeof startMailServer>[0]) {
  const server = await startMailServer(options);
  closing.push(server.stop);
  return server;
}

async function scriptedServer(answers: Readonly<Record<string, string | undefined>>) {
  const normal = {
    EHLO: '250 test',
    HELO: '250 test',
    MAIL: '250 ok',
    RCPT: '250 ok',
    DATA: '354 go on',
  };
  const script: Readonly<Record<string, string | undefined>> = {
    ...normal,
    RSET: '250 ok',
    QUIT: '221 bye',
    ...answers,
  };
  const answer = (line: string) => {
    const verb = line.split(' ', 1)[0] ?? '';
    return verb in script ? script[verb] : '';
  };
  const server = await startScriptedServer(answer);
  closing.push(server.stop);
  return server;
}

describe('trouble before the body', () => {
  it.each([
    ['a recipient put off', 'deferred', { onRcptTo: refuseWith(450, 'Greylisted') }],
    ['a sender put off', 'deferred', { onMailFrom: refuseWith(451, 'Try later') }],
    ['a server that closes', 'unreachable', { onMailFrom: refuseWith(421, 'Going down') }],
    [
      'a greeting that refuses',
      'blocked',
      {
        onConnect: (_session: unknown, callback: (error?: Error) => void) => {
          callback(smtpError(554, 'Go away'));
        },
      },
    ],
    ['a body put off by an answer', 'deferred', { onData: refuseBodyWith(451, 'Disk full') }],
  ] as const)('hands nothing over: %s', async (_what, kind, options) => {
    const server = await mailServer(options);

    const failure = await smtpAt(server.url)
      .deliver(anEmail, 'key')
      .catch((error: unknown) => error);

    expect(failure).toBeInstanceOf(ProviderTrouble);
    expect(failure).toMatchObject({ kind });
  });

  it('hands nothing over: nobody listens', async () => {
    const url = await closedUrl();

    const failure = await smtpAt(url)
      .deliver(anEmail, 'key')
      .catch((error: unknown) => error);

    expect(failure).toMatchObject({
      name: 'ProviderTrouble',
      kind: 'unreachable',
    });
  });

  it('hands nothing over: a host without an address', async () => {
    const smtp = smtpAt('smtp://nowhere.invalid:25', { connectMs: 2_000 });

    const failure = await smtp.deliver(anEmail, 'key').catch((error: unknown) => error);

    expect(failure).toMatchObject({
      name: 'ProviderTrouble',
      kind: 'unreachable',
    });
  });

  it('hands nothing over: wrong credentials', async () => {
    const server = await mailServer({
      authOptional: false,
      allowInsecureAuth: true,
      onAuth: (_auth, _session, callback) => {
        callback(smtpError(535, 'Wrong password'));
      },
    });

    const failure = await smtpAt(server.url.replace('//', '//shop:wrong@'))
      .deliver(anEmail, 'key')
      .catch((error: unknown) => error);

    expect(failure).toMatchObject({
      name: 'ProviderTrouble',
      kind: 'unauthorized',
    });
  });

  it.each([
    [535, '5.7.8', 'unauthorized'],
    [454, '4.7.0', 'unreachable'],
    [550, '5.1.1', 'unauthorized'],
  ])('repeats no credentials that a server has answered with: %i', async (code, status, kind) => {
    const server = await mailServer({
      authOptional: false,
      allowInsecureAuth: true,
      onAuth: ({ username, password }, _session, callback) => {
        const sent = btoa(`\0${username ?? ''}\0${password ?? ''}`);
        callback(
          smtpError(code, `${status} ${username ?? ''} ${password ?? ''} AUTH PLAIN ${sent}`),
        );
      },
    });
    const url = server.url.replace('//', `//shop:${encodeURIComponent(canaries.mailPassword)}@`);

    const failure = await smtpAt(url)
      .deliver(anEmail, 'key')
      .catch((error: unknown) => error);

    expect(failure).toMatchObject({ kind, status: `${code} ${status}` });
    expect(canariesIn(String(failure))).toEqual([]);
  });

  it('hands nothing over: a connection that breaks at DATA', async () => {
    const server = await scriptedServer({ DATA: undefined });

    const failure = await smtpAt(server.url)
      .deliver(anEmail, 'key')
      .catch((error: unknown) => error);

    expect(failure).toMatchObject({
      name: 'ProviderTrouble',
      kind: 'unreachable',
    });
  });

  it('hands nothing over: a server that never greets within the time for a delivery', async () => {
    const server = await scriptedServer({ EHLO: '', HELO: '' });

    const failure = await smtpAt(server.url, { deliveryMs: 200 })
      .deliver(anEmail, 'key')
      .catch((error: unknown) => error);

    expect(failure).toMatchObject({
      name: 'ProviderTrouble',
      kind: 'unreachable',
    });
  });
});

describe('trouble after the body began', () => {
  it('leaves open whether it was handed over: the server dies before it answers', async () => {
    const server = await scriptedServer({ '.': undefined });

    const failure = await smtpAt(server.url)
      .deliver(anEmail, 'key')
      .catch((error: unknown) => error);

    expect(failure).toMatchObject({ name: 'ProviderTrouble', kind: 'unanswered' });
  });

  it('leaves open whether it was handed over: the server never answers', async () => {
    const server = await scriptedServer({ '.': '' });

    const failure = await smtpAt(server.url, { answerMs: 200 })
      .deliver(anEmail, 'key')
      .catch((error: unknown) => error);

    expect(failure).toMatchObject({ name: 'ProviderTrouble', kind: 'unanswered' });
  });

  it('sends the body once and leaves the repeat to the caller', async () => {
    let bodies = 0;
    const server = await startScriptedServer((line) => {
      if (line === '.') bodies += 1;
      if (line === '.') return undefined;
      return line === 'DATA' ? '354 go on' : /^(EHLO|MAIL|RCPT)/.test(line) ? '250 ok' : '';
    });
    closing.push(server.stop);

    const failure = await smtpAt(server.url)
      .deliver(anEmail, 'key')
      .catch((error: unknown) => error);

    expect(failure).toBeInstanceOf(ProviderTrouble);
    expect(bodies).toBe(1);
  });
});
