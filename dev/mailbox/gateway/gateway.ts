import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { isDeepStrictEqual } from 'node:util';
import { text } from 'node:stream/consumers';
import { brevo } from './brevo';
import type { GatewayAnswer, GivenMessage, Protocol } from './protocol';
import { resend } from './resend';
import { ses } from './ses';
import { twilio, twilioFault } from './twilio';
import { whatsapp } from './whatsapp';

type Settings = Readonly<{
  port: number;
  /** Told of each message that is taken, but not of a repeat with the same key. */
  onMessage(message: GivenMessage): Promise<void> | void;
  /** Answers in place of the gateway. Nothing: the message is taken. */
  answer?(message: GivenMessage): Promise<GatewayAnswer | undefined> | GatewayAnswer | undefined;
}>;

const protocols: readonly Protocol[] = [twilio, whatsapp, resend, brevo, ses];

/** Serves the part of each provider's API on this machine that hands a message over. */
export async function serveGateway(settings: Settings): Promise<Server> {
  const known: Known = new Map();
  const server = createServer((request, response) => {
    void respond({ settings, known }, request, response);
  });
  server.listen(settings.port, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

/** The messages that came with a key, and the ids they were given. */
type Known = Map<string, Readonly<{ id: string; message: GivenMessage }>>;
type State = Readonly<{ settings: Settings; known: Known }>;

async function respond(
  state: State,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { status, body, headers } = await answerTo(state, request);
  const isText = typeof body === 'string';
  response.writeHead(status, {
    'Content-Type': isText ? 'text/plain' : 'application/json',
    ...headers,
  });
  response.end(isText ? body : JSON.stringify(body));
}

async function answerTo(
  { settings, known }: State,
  request: IncomingMessage,
): Promise<GatewayAnswer> {
  const { url = '', headers } = request;
  const protocol = protocols.find(({ path }) => path.test(url));
  if (!protocol || request.method !== 'POST') return twilioFault(404, 20404, 'Not found');
  const message = protocol.read({ url, headers, body: await text(request) });
  if ('status' in message) return message;
  const instead = await settings.answer?.(message);
  if (instead) return instead;
  return takenOnce({ settings, known }, protocol, message);
}

/** Takes a message, and answers a repeat with the same key as the first. */
async function takenOnce(
  { settings, known }: State,
  protocol: Protocol,
  message: GivenMessage,
): Promise<GatewayAnswer> {
  const { key } = message;
  const before = key === undefined ? undefined : known.get(key);
  if (before) {
    const isSame = isDeepStrictEqual(before.message, message);
    const other = isSame ? undefined : protocol.otherMessage;
    return other ?? protocol.accepted(before.id, message);
  }
  const id = randomBytes(16).toString('hex');
  if (key !== undefined) known.set(key, { id, message });
  await settings.onMessage(message);
  return protocol.accepted(id, message);
}
