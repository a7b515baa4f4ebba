import { NativeConnection } from '@temporalio/worker';
import type { TemporalTls } from '../process/secrets/temporal-tls';
import { tlsOptionsOf } from './tls-options';

/** Without `tls` the connection is in clear text. */
export type TemporalAddress = Readonly<{
  address: string;
  apiKey: string | undefined;
  tls: TemporalTls | undefined;
}>;

/** Connects once. */
export function connectTemporal({
  address,
  apiKey,
  tls,
}: TemporalAddress): Promise<NativeConnection> {
  return NativeConnection.connect({
    address,
    ...(apiKey !== undefined && { apiKey }),
    tls: tls === undefined ? false : tlsOptionsOf(tls),
  });
}
