import { createTransport } from 'nodemailer';
import type { GivenMessage } from './gateway/protocol';

/** Puts messages into the mailbox, so that one page shows every channel. */
export function postAsMail(smtpPort: number): (message: GivenMessage) => Promise<void> {
  const transport = createTransport({ host: '127.0.0.1', port: smtpPort, secure: false });
  return async ({ to, from, subject, text, html, headers }) => {
    const isMail = to.includes('@');
    await transport.sendMail({
      from: isMail ? from : `${from}@sms.invalid`,
      to: isMail ? to : `${to}@sms.invalid`,
      subject: isMail ? subject : `SMS to ${to}`,
      text,
      ...(html && { html }),
      ...(headers && { headers }),
    });
  };
}
