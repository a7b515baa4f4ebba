import type { NativeConnectionOptions } from '@temporalio/worker';

type Address = Readonly<{ address: string; apiKey: string | undefined }>;

/** How both processes reach Temporal; an API key implies TLS. */
export function connectionOptionsOf({ address, apiKey }: Address): NativeConnectionOptions {
  return apiKey === undefined ? { address } : { address, apiKey, tls: true };
}
