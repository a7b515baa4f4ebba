import { createTransport, type SendMailOptions } from 'nodemailer';
import type { GivenMessage } from './gateway/protocol';
import { phonePage, titleOf, type PhoneApp } from './phone-page';

/** Puts messages into the mailbox, so that one page shows every channel. */
export function postAsMail(smtpPort: number): (message: GivenMessage) => Promise<void> {
  const transport = createTransport({ host: '127.0.0.1', port: smtpPort, secure: false });
  return async (message) => {
    await transport.sendMail(message.to.includes('@') ? mailOf(message) : phoneMailOf(message));
  };
}

function mailOf({ to, from, subject, text, html, headers }: GivenMessage): SendMailOptions {
  return { from, to, subject, text, ...(html && { html }), ...(headers && { headers }) };
}

/** A message to a telephone has no addresses of mail; `invalid` leads nowhere. */
function phoneMailOf(message: GivenMessage): SendMailOptions {
  const { provider, to, from, text } = message;
  const app: PhoneApp = provider === 'whatsapp' ? 'whatsapp' : 'sms';
  return {
    from: `${from}@${app}.invalid`,
    to: `${to}@${app}.invalid`,
    subject: `${titleOf(app)} to ${to}`,
    text,
    html: phonePage(message, app),
  };
}
