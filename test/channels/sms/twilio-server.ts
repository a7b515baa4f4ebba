import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { serveSms, type GatewayAnswer, type GivenText } from '../../../dev/mailbox/sms-gateway';

/** The gateway of the development stack on a free port, with what it has taken. */
export type TwilioServer = Readonly<{
  url: string;
  taken: readonly GivenText[];
  stop(): Promise<void>;
}>;

type Wishes = Readonly<{
  answer?: (message: GivenText) => GatewayAnswer | undefined;
  /** Takes the message, and never answers. */
  isSilent?: boolean;
}>;

export async function startTwilioServer({ answer, isSilent }: Wishes = {}): Promise<TwilioServer> {
  const taken: GivenText[] = [];
  const never = new Promise<void>(() => undefined);
  const server = await serveSms({
    port: 0,
    onText: async (message) => {
      taken.push(message);
      if (isSilent) await never;
    },
    ...(answer && { answer }),
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `twilio://AC1:secret@127.0.0.1:${port}?from=%2B15005550006`,
    taken,
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
