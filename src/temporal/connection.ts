import { setTimeout as pause } from 'node:timers/promises';
import { Client, type ConnectionLike } from '@temporalio/client';

type Settings = Readonly<{
  /** Opens a connection; called again until it succeeds. */
  connect(): Promise<ConnectionLike & { close(): Promise<void> }>;
  namespace: string;
  /** Told of every attempt that failed. */
  onTrouble(error: unknown): void;
  retryMs?: number;
}>;

/** A connection that is made in the background, because the api starts without Temporal. */
export type TemporalLink = Readonly<{
  /** Undefined until the first connection stands; afterwards it mends itself. */
  client(): Client | undefined;
  close(): Promise<void>;
}>;

export function linkTemporal({
  connect,
  namespace,
  onTrouble,
  retryMs = 1_000,
}: Settings): TemporalLink {
  const stop = new AbortController();
  let client: Client | undefined;
  const connecting = (async () => {
    while (!stop.signal.aborted && !client) {
      try {
        client = new Client({ connection: await connect(), namespace });
      } catch (error) {
        onTrouble(error);
        await pause(retryMs, undefined, { signal: stop.signal }).catch(() => undefined);
      }
    }
  })();
  return {
    client: () => client,
    close: async () => {
      stop.abort();
      await connecting;
      await (client?.connection as { close?: () => Promise<void> } | undefined)?.close?.();
    },
  };
}
