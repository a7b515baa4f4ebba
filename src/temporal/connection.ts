import { Client } from '@temporalio/client';
import type { PayloadCodec } from '@temporalio/common';
import { retry } from '../process/retry';
import { connectTemporal, type TemporalAddress } from './native-connection';

type Settings = TemporalAddress &
  Readonly<{
    namespace: string;
    /** In the order in which they encode. */
    payloadCodecs: readonly PayloadCodec[];
    /** Told of every attempt that failed. */
    onTrouble(error: unknown): void;
  }>;

/** A connection that is made in the background, because the api starts without Temporal. */
export type TemporalLink = Readonly<{
  /** Undefined until the first connection stands; afterwards it mends itself. */
  client(): Client | undefined;
  close(): Promise<void>;
}>;

export function linkTemporal({
  namespace,
  payloadCodecs,
  onTrouble,
  ...address
}: Settings): TemporalLink {
  const stop = new AbortController();
  let client: Client | undefined;
  const connecting = retry({
    attempt: () => connectTemporal(address),
    onTrouble,
    signal: stop.signal,
  }).then((connection) => {
    if (connection) {
      const dataConverter = { payloadCodecs: [...payloadCodecs] };
      client = new Client({ connection, namespace, dataConverter });
    }
    return connection;
  });
  return {
    client: () => client,
    close: async () => {
      stop.abort();
      const connection = await connecting;
      await connection?.close();
    },
  };
}
