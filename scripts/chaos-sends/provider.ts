import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { serveGateway } from '../../dev/mailbox/gateway/gateway';
import type { Random } from '../chaos/random';
import { startTroubleServer } from '../mail-trouble/server';

/** A message that reached the provider, at a real instant. A dropped repeat delivers nothing. */
export type HandOver = Readonly<{ to: string; at: number; isDelivered: boolean }>;

/** A provider with its own log of what was handed over. */
export type Provider = Readonly<{
  url: string;
  handOvers: readonly HandOver[];
  stop(): Promise<void>;
}>;

const longestAnswerMs = 120;

/** A provider that takes an idempotency key, and takes its time to answer. */
export async function startKeyedProvider(random: Random): Promise<Provider> {
  const handOvers: HandOver[] = [];
  const keys = new Set<string>();
  const server = await serveGateway({
    port: 0,
    answer: async ({ to, key = '' }) => {
      handOvers.push({ to, at: Date.now(), isDelivered: !keys.has(key) });
      keys.add(key);
      await pause(random.below(longestAnswerMs));
      return undefined;
    },
    onMessage: () => undefined,
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `resend://re_chaos@127.0.0.1:${port}`,
    handOvers,
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** A mail server, which knows no key. */
export async function startMailServer(): Promise<Provider> {
  const server = await startTroubleServer(() => 'taken');
  return {
    url: server.url,
    get handOvers() {
      return server.mails.map(({ to, begunAt: at, isTaken: isDelivered }) => ({
        to,
        at,
        isDelivered,
      }));
    },
    stop: () => server.stop(),
  };
}
