import type { TLSConfig } from '@temporalio/common/lib/internal-non-workflow';
import type { TemporalTls } from '../process/secrets/temporal-tls';

/** As both kinds of connection of the SDK take it. */
export function tlsOptionsOf({ serverCa, serverName, client }: TemporalTls): TLSConfig {
  return {
    ...(serverCa !== undefined && { serverRootCACertificate: Buffer.from(serverCa) }),
    ...(serverName !== undefined && { serverNameOverride: serverName }),
    ...(client !== undefined && {
      clientCertPair: { crt: Buffer.from(client.certificate), key: Buffer.from(client.key) },
    }),
  };
}
