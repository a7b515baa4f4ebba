import { emailMessageIdOf } from '../../../src/channels/email/checked-mail';
import { createSmtp } from '../../../src/channels/email/smtp/smtp';
import { startScriptedServer } from '../email/mail-server';
import { byProvider, type Conduct, type Serve } from './served';

const email = {
  from: { address: 'ciao@bottega.example' },
  to: 'giulia@example.com',
  subject: 'Your basket',
  html: '<p>Hello</p>',
  text: 'Hello',
  messageId: emailMessageIdOf('key', 'bottega.example'),
};

const usual = { EHLO: '250 test', MAIL: '250 ok', RCPT: '250 ok', DATA: '354 go on' };
/** The answer to the end of a body is that to a line with a dot alone. */
const scripts: Readonly<Record<Conduct, Readonly<Record<string, string | undefined>>>> = {
  accepts: { '.': '250 queued as 1' },
  'refuses the address': { RCPT: '550 5.1.1 no such user' },
  'refuses the content': { '.': '554 5.6.0 bad content' },
  'refuses the credentials': { MAIL: '530 5.7.0 Authentication required, not secret' },
  'asks to wait': { '.': '450 4.7.1 Try again in 120 seconds' },
  fails: { '.': '451 4.3.0 local error' },
  'accepts and says nothing': { '.': undefined },
  'answers garbage': { '.': 'garbage' },
};

/** SMTP before a server that follows a script. */
export const serveSmtp: Serve = async (conduct) => {
  let taken = 0;
  const script: Readonly<Record<string, string | undefined>> = { ...usual, ...scripts[conduct] };
  const server = await startScriptedServer((line) => {
    const verb = line.split(' ', 1)[0] ?? '';
    if (verb === '.' && conduct === 'accepts') taken += 1;
    return verb in script ? script[verb] : '';
  });
  const provider = createSmtp({ url: server.url });
  const { deliver, close } = byProvider(provider, email);
  return {
    deliver,
    taken: () => taken,
    close: async () => {
      close();
      await server.stop();
    },
  };
};
