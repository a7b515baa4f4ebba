import { once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import { SMTPServer, type SMTPServerOptions, type SMTPServerSession } from 'smtp-server';
import type { Fate } from './shop';

/** The behavior of the server towards everybody. */
export type Mode = 'well' | 'slow' | 'away' | 'no-credentials';

/** A mail that a client has begun, in real milliseconds. */
export type Mail = Readonly<{ to: string; namedAt: number; begunAt: number; isTaken: boolean }>;

/** A mail server that misbehaves to order: by recipient, and towards everybody. */
export type TroubleServer = Readonly<{
  url: string;
  mails: readonly Mail[];
  /** The connections that are open now. */
  open(): number;
  /** Turns to another behavior. Answers how many mails were under way and lost their connection. */
  turn(mode: Mode): Promise<number>;
  stop(): Promise<void>;
}>;

const slowMs = 1_000;

/** The answer at RCPT of each fate; `once` where the second attempt is let through. */
const answers: Partial<Record<Fate, Readonly<{ code: number; text: string; once: boolean }>>> = {
  greylisted: { code: 450, text: '4.7.1 <TO>: Greylisted, come back later', once: true },
  blocked: { code: 550, text: '5.7.1 <TO>: Daily quota exceeded', once: true },
  nobody: { code: 550, text: '5.1.1 <TO>: No such user', once: false },
};

/** All that the handlers of a server share. */
type State = {
  mode: Mode;
  underWay: number;
  readonly mails: Mail[];
  readonly sockets: Set<Socket>;
};

export async function startTroubleServer(fateOf: (to: string) => Fate): Promise<TroubleServer> {
  const state: State = { mode: 'well', underWay: 0, mails: [], sockets: new Set() };
  const handlers = { ...envelopeHandlers(state, fateOf), ...bodyHandlers(state, fateOf) };
  let server = await listen(0, handlers, state.sockets);
  const { port } = server.server.address() as AddressInfo;
  const shut = () => {
    server.server.close();
    for (const socket of state.sockets) socket.destroy();
  };
  return {
    url: `smtp://shop:secret@127.0.0.1:${port}`,
    mails: state.mails,
    open: () => state.sockets.size,
    turn: async (mode) => {
      const { mode: before, underWay } = state;
      state.mode = mode;
      const isShut = mode === 'away' || mode === 'no-credentials';
      if (isShut) shut();
      if (mode === 'no-credentials' || (before === 'away' && mode !== 'away')) {
        server = await listen(port, handlers, state.sockets);
      }
      return isShut ? underWay : 0;
    },
    stop: async () => {
      if (state.mode === 'away') return;
      const closed = once(server.server, 'close');
      shut();
      await closed;
    },
  };
}

function envelopeHandlers(state: State, fateOf: (to: string) => Fate): SMTPServerOptions {
  const known = new Set<string>();
  return {
    onAuth: (_auth, _session, done) => {
      if (state.mode === 'no-credentials') done(smtpError(535, '5.7.8 Wrong password'));
      else done(null, { user: 'shop' });
    },
    onRcptTo: ({ address }, _session, done) => {
      const answer = answers[fateOf(address)];
      const isLetThrough = !answer || (answer.once && known.has(address));
      known.add(address);
      done(isLetThrough ? null : smtpError(answer.code, answer.text.replace('TO', address)));
    },
  };
}

function bodyHandlers(state: State, fateOf: (to: string) => Fate): SMTPServerOptions {
  const namedAt = new Map<string, number>();
  return {
    onMailFrom: (_address, { id }, done) => {
      namedAt.set(id, Date.now());
      done();
    },
    onData: (stream, session, done) => {
      const to = session.envelope.rcptTo[0]?.address ?? '';
      const begun = { to, namedAt: namedAt.get(session.id) ?? 0, begunAt: Date.now() };
      state.underWay += 1;
      const answer = () => {
        state.underWay -= 1;
        const isCut = fateOf(to) === 'cut';
        state.mails.push({ ...begun, isTaken: !isCut });
        if (isCut) hangUp(state.sockets, session);
        else done();
      };
      stream.on('end', () => setTimeout(answer, state.mode === 'slow' ? slowMs : 0));
      stream.resume();
    },
  };
}

function hangUp(sockets: ReadonlySet<Socket>, { remotePort }: SMTPServerSession): void {
  for (const socket of sockets) if (socket.remotePort === remotePort) socket.destroy();
}

async function listen(
  port: number,
  handlers: SMTPServerOptions,
  sockets: Set<Socket>,
): Promise<SMTPServer> {
  const server = new SMTPServer({
    ...handlers,
    allowInsecureAuth: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
  });
  server.on('error', () => undefined);
  server.server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  server.listen(port, '127.0.0.1');
  await once(server.server, 'listening');
  return server;
}

function smtpError(responseCode: number, message: string): Error {
  return Object.assign(new Error(message), { responseCode });
}
