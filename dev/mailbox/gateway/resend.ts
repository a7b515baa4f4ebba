import { addressIn, fieldsIn, textOf, type GatewayAnswer, type Protocol } from './protocol';

/** JSON in and out, a bearer key, an idempotency key, the names of its errors. */
export const resend: Protocol = {
  path: /^\/emails$/,
  read: ({ headers, body }) => {
    const [scheme, account = ''] = (headers.authorization ?? '').split(' ');
    if (scheme !== 'Bearer' || account === '') {
      return resendFault(401, 'missing_api_key', 'Missing API key in the authorization header.');
    }
    const { to, from, subject, text, html, headers: more } = fieldsIn(body);
    const [recipient = '', ...others] = [to].flat().map(textOf);
    if (!recipient.includes('@') || others.length > 0) {
      return resendFault(422, 'validation_error', 'Invalid `to` field.');
    }
    const key = textOf(headers['idempotency-key']);
    return {
      provider: 'resend',
      account,
      to: recipient,
      from: addressIn(textOf(from)),
      subject: textOf(subject),
      text: textOf(text),
      html: textOf(html),
      headers: more as Readonly<Record<string, string>>,
      ...(key !== '' && { key }),
    };
  },
  accepted: (id) => ({ status: 200, body: { id } }),
  otherMessage: resendFault(
    409,
    'invalid_idempotent_request',
    'Same idempotency key used with a different request payload.',
  ),
};

/** An error as Resend words it. */
export function resendFault(statusCode: number, name: string, message: string): GatewayAnswer {
  return { status: statusCode, body: { statusCode, name, message } };
}
