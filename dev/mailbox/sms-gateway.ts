import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';

/** A text message as an account hands it over. */
export type GivenText = Readonly<{ account: string; to: string; from: string; body: string }>;

/** An answer of the gateway: a status, and a body that is JSON unless it is a text. */
export type GatewayAnswer = Readonly<{
  status: number;
  body: object | string;
  headers?: Readonly<Record<string, string>>;
}>;

type Settings = Readonly<{
  port: number;
  /** Told of each message that is taken. */
  onText(message: GivenText): Promise<void>;
  /** Answers in place of the gateway. Nothing: the message is taken. */
  answer?(message: GivenText): GatewayAnswer | undefined;
}>;

const path = /^\/2010-04-01\/Accounts\/([^/]+)\/Messages\.json$/;
const number = /^\+[1-9][0-9]{6,14}$/;

/**
 * Serves the Messages resource of Twilio on this machine: form fields in, JSON out, Basic
 * authentication, the codes of its errors.
 */
export async function serveSms(settings: Settings): Promise<Server> {
  const server = createServer((request, response) => {
    void respond(settings, request, response);
  });
  server.listen(settings.port, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

async function respond(
  settings: Settings,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { status, body, headers } = await answerTo(settings, request);
  const isText = typeof body === 'string';
  response.writeHead(status, {
    'Content-Type': isText ? 'text/plain' : 'application/json',
    ...headers,
  });
  response.end(isText ? body : JSON.stringify(body));
}

async function answerTo(
  { answer, onText }: Settings,
  request: IncomingMessage,
): Promise<GatewayAnswer> {
  const [, account] = path.exec(request.url ?? '') ?? [];
  if (account === undefined || request.method !== 'POST') return fault(404, 20404, 'Not found');
  if (!isOf(account, request.headers.authorization)) return fault(401, 20003, 'Authenticate');
  const given = givenBy(account, new URLSearchParams(await text(request)));
  const instead = answer?.(given) ?? faultOf(given);
  if (instead) return instead;
  await onText(given);
  const sid = `SM${randomBytes(16).toString('hex')}`;
  const { to, from, body } = given;
  return { status: 201, body: { sid, status: 'queued', to, from, body } };
}

function givenBy(account: string, fields: URLSearchParams): GivenText {
  const field = (name: string) => fields.get(name) ?? '';
  return { account, to: field('To'), from: field('From'), body: field('Body') };
}

function faultOf({ to, body }: GivenText): GatewayAnswer | undefined {
  if (!number.test(to)) {
    return fault(400, 21211, `The 'To' number ${to} is not a valid phone number.`);
  }
  return body === '' ? fault(400, 21602, 'Message body is required.') : undefined;
}

function isOf(account: string, authorization = ''): boolean {
  const [scheme, credentials = ''] = authorization.split(' ');
  const [user, token] = Buffer.from(credentials, 'base64').toString().split(':');
  return scheme === 'Basic' && user === account && Boolean(token);
}

/** An error as Twilio words it. */
export function fault(status: number, code: number, message: string): GatewayAnswer {
  const more = `https://www.twilio.com/docs/errors/${code}`;
  return { status, body: { code, message, more_info: more, status } };
}
