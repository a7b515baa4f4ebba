import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

/** Takes every mail. Knows when it first heard of each recipient, in real milliseconds. */
export type MailSink = Readonly<{
  url: string;
  heardAt: ReadonlyMap<string, number>;
  /** The recipients of more than one mail. */
  doubled: ReadonlySet<string>;
  close: () => Promise<void>;
}>;

export async function startMailSink(): Promise<MailSink> {
  const heardAt = new Map<string, number>();
  const doubled = new Set<string>();
  const server = new SMTPServer({
    disabledCommands: ['STARTTLS', 'AUTH'],
    onRcptTo: ({ address }, _session, done) => {
      if (heardAt.has(address)) doubled.add(address);
      else heardAt.set(address, Date.now());
      done();
    },
    onData: (stream, _session, done) => {
      stream.resume().once('end', () => {
        done();
      });
    },
  });
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  const { port } = server.server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}`,
    heardAt,
    doubled,
    close: () =>
      new Promise((resolve) => {
        server.close(resolve);
      }),
  };
}
