import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { serveGateway } from '../../../dev/mailbox/gateway/gateway';
import type { GatewayAnswer, GivenMessage } from '../../../dev/mailbox/gateway/protocol';

/** The gateway of the development stack on a free port, with what it has taken. */
export type GatewayServer = Readonly<{
  /** Such as `127.0.0.1:41234`. */
  host: string;
  taken: readonly GivenMessage[];
  stop(): Promise<void>;
}>;

type Wishes = Readonly<{
  answer?: (message: GivenMessage) => GatewayAnswer | undefined;
  /** Takes the message, and never answers. */
  isSilent?: boolean;
}>;

export async function startGateway({ answer, isSilent }: Wishes = {}): Promise<GatewayServer> {
  const taken: GivenMessage[] = [];
  const never = new Promise<void>(() => undefined);
  const server = await serveGateway({
    port: 0,
    onMessage: async (message) => {
      taken.push(message);
      if (isSilent) await never;
    },
    ...(answer && { answer }),
  });
  const { port } = server.address() as AddressInfo;
  return {
    host: `127.0.0.1:${port}`,
    taken,
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** The URL of an account of Twilio there. */
export function twilioUrl({ host }: Pick<GatewayServer, 'host'>): string {
  return `twilio://AC1:secret@${host}?from=%2B15005550006`;
}
