import { createTransport } from 'nodemailer';
import type { GivenText } from './sms-gateway';

/** Puts text messages into the mailbox, so that one page shows every channel. */
export function postAsMail(smtpPort: number): (message: GivenText) => Promise<void> {
  const transport = createTransport({ host: '127.0.0.1', port: smtpPort, secure: false });
  return async ({ to, from, body }) => {
    await transport.sendMail({
      from: `${from}@sms.invalid`,
      to: `${to}@sms.invalid`,
      subject: `SMS to ${to}`,
      text: body,
    });
  };
}
