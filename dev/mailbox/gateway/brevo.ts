import { fieldsIn, textOf, type GatewayAnswer, type Protocol } from './protocol';

/** JSON in and out, a key in a header, an idempotency key among the headers of the mail. */
export const brevo: Protocol = {
  path: /^\/v3\/smtp\/email$/,
  read: ({ headers, body }) => {
    const account = textOf(headers['api-key']);
    if (account === '') return brevoFault(401, 'unauthorized', 'Key not found');
    const { to, sender, subject, textContent, htmlContent, headers: more } = fieldsIn(body);
    const [recipient = '', ...others] = [to].flat().map(emailIn);
    if (!recipient.includes('@') || others.length > 0) {
      return brevoFault(400, 'invalid_parameter', 'email is not valid in to');
    }
    const { idempotencyKey: key, ...own } = { ...(more as Record<string, string>) };
    return {
      provider: 'brevo',
      account,
      to: recipient,
      from: emailIn(sender),
      subject: textOf(subject),
      text: textOf(textContent),
      html: textOf(htmlContent),
      headers: own,
      ...(key !== undefined && { key }),
    };
  },
  accepted: (id) => ({ status: 201, body: { messageId: `<${id}@smtp-relay.mailin.fr>` } }),
};

function emailIn(mailbox: unknown): string {
  return typeof mailbox === 'object' && mailbox !== null
    ? textOf(Reflect.get(mailbox, 'email'))
    : '';
}

/** An error as Brevo words it. */
export function brevoFault(status: number, code: string, message: string): GatewayAnswer {
  return { status, body: { code, message } };
}
