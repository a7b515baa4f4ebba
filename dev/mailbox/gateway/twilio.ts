import type { GatewayAnswer, GivenMessage, Protocol } from './protocol';

const path = /^\/2010-04-01\/Accounts\/([^/]+)\/Messages\.json$/;
const number = /^\+[1-9][0-9]{6,14}$/;

/** Form fields in, JSON out, Basic authentication, the codes of its errors. */
export const twilio: Protocol = {
  path,
  read: ({ url, headers, body }) => {
    const [, account = ''] = path.exec(url) ?? [];
    if (!isOf(account, headers.authorization)) return twilioFault(401, 20003, 'Authenticate');
    const fields = new URLSearchParams(body);
    const field = (name: string) => fields.get(name) ?? '';
    const given = { to: field('To'), from: field('From'), text: field('Body') };
    return faultOf(given) ?? { provider: 'twilio', account, ...given };
  },
  accepted: (id, { to, from, text: body }) => ({
    status: 201,
    body: { sid: `SM${id}`, status: 'queued', to, from, body },
  }),
};

function faultOf({ to, text }: Pick<GivenMessage, 'to' | 'text'>): GatewayAnswer | undefined {
  if (!number.test(to)) {
    return twilioFault(400, 21211, `The 'To' number ${to} is not a valid phone number.`);
  }
  return text === '' ? twilioFault(400, 21602, 'Message body is required.') : undefined;
}

function isOf(account: string, authorization = ''): boolean {
  const [scheme, credentials = ''] = authorization.split(' ');
  const [user, token] = Buffer.from(credentials, 'base64').toString().split(':');
  return scheme === 'Basic' && user === account && Boolean(token);
}

/** An error as Twilio words it. */
export function twilioFault(status: number, code: number, message: string): GatewayAnswer {
  const more = `https://www.twilio.com/docs/errors/${code}`;
  return { status, body: { code, message, more_info: more, status } };
}
