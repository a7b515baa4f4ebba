import { NativeConnection } from '@temporalio/worker';

export type TemporalAddress = Readonly<{ address: string; apiKey: string | undefined }>;

/** Connects once; an API key implies TLS. */
export function connectTemporal({ address, apiKey }: TemporalAddress): Promise<NativeConnection> {
  return NativeConnection.connect(
    apiKey === undefined ? { address } : { address, apiKey, tls: true },
  );
}
