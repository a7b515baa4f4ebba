import type { SendMailOptions } from 'nodemailer';
import type { CheckedMail } from '../checked-mail';

/** The message as nodemailer takes it, with nothing left for it to parse. */
export function mailOf({
  from,
  replyTo,
  to,
  subject,
  html,
  text,
  messageId,
  headers,
}: CheckedMail): SendMailOptions {
  return {
    from,
    ...(replyTo && { replyTo }),
    to: { name: '', address: to },
    envelope: { from: from.address, to: [to] },
    subject,
    html,
    text,
    messageId,
    headers,
    xMailer: false,
  };
}
