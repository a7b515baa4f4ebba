import { createPrivateKey, X509Certificate } from 'node:crypto';
import { z } from 'zod';
import { isThisMachine } from '../../core/this-machine';

/** PEM texts. Without `serverCa` the system's root certificates are trusted. */
export type TemporalTls = Readonly<{
  serverCa: string | undefined;
  /** The name that the server's certificate must have; absent: the one in the address. */
  serverName: string | undefined;
  client: Readonly<{ certificate: string; key: string }> | undefined;
}>;

const certificate = z
  .string()
  .refine((pem) => isReadable(() => new X509Certificate(pem)))
  .optional();

const privateKey = z
  .string()
  .refine((pem) => isReadable(() => createPrivateKey(pem)))
  .optional();

/** Named as in Temporal's environment configuration; `_PATH` of each is read before. */
export const temporalTlsVariables = {
  TEMPORAL_TLS: z
    .enum(['true', '1', 'false', '0'])
    .transform((text) => text === 'true' || text === '1')
    .optional(),
  TEMPORAL_TLS_CLIENT_CERT_DATA: certificate,
  TEMPORAL_TLS_CLIENT_KEY_DATA: privateKey,
  TEMPORAL_TLS_SERVER_CA_CERT_DATA: certificate,
  TEMPORAL_TLS_SERVER_NAME: z.string().regex(/^\S+$/).optional(),
  TEMPORAL_TLS_DISABLE_HOST_VERIFICATION: z.enum(['false', '0']).optional(),
};

export const temporalTlsRemedies = {
  TEMPORAL_TLS:
    'give true or false; false goes with no certificate, and with an API key on this machine only',
  TEMPORAL_TLS_CLIENT_CERT_DATA: 'give a certificate in PEM, or its path in ..._CERT_PATH',
  TEMPORAL_TLS_CLIENT_KEY_DATA:
    'give the key of the client certificate in PEM without a passphrase, or its path in ..._KEY_PATH; it needs the certificate, and the certificate needs it',
  TEMPORAL_TLS_SERVER_CA_CERT_DATA:
    "give the certificate of the server's authority in PEM, or its path in ..._CERT_PATH",
  TEMPORAL_TLS_SERVER_NAME: 'give the name in the certificate of the server, or remove it',
  TEMPORAL_TLS_DISABLE_HOST_VERIFICATION:
    'remove it; TEMPORAL_TLS_SERVER_NAME is for a certificate with another name',
} satisfies Record<keyof typeof temporalTlsVariables, string>;

type Values = Readonly<{
  TEMPORAL_ADDRESS?: string | undefined;
  TEMPORAL_API_KEY?: string | undefined;
  TEMPORAL_TLS?: boolean | undefined;
  TEMPORAL_TLS_CLIENT_CERT_DATA?: string | undefined;
  TEMPORAL_TLS_CLIENT_KEY_DATA?: string | undefined;
  TEMPORAL_TLS_SERVER_CA_CERT_DATA?: string | undefined;
  TEMPORAL_TLS_SERVER_NAME?: string | undefined;
}>;

/** The variables that do not go together with the others. */
export function contradictionsIn(values: Values): readonly (keyof Values)[] {
  const faults: (keyof Values)[] = [];
  if (!isPair(values)) faults.push('TEMPORAL_TLS_CLIENT_KEY_DATA');
  if (values.TEMPORAL_TLS === false && (hasTlsSetting(values) || sendsKeyAway(values)))
    faults.push('TEMPORAL_TLS');
  return faults;
}

/** Undefined: clear text. A certificate, a name or an API key implies TLS. */
export function temporalTlsOf(values: Values): TemporalTls | undefined {
  const { TEMPORAL_TLS: wished, TEMPORAL_API_KEY: apiKey } = values;
  if (!(wished ?? (hasTlsSetting(values) || apiKey !== undefined))) return undefined;
  const { TEMPORAL_TLS_CLIENT_CERT_DATA: own, TEMPORAL_TLS_CLIENT_KEY_DATA: key } = values;
  return {
    serverCa: values.TEMPORAL_TLS_SERVER_CA_CERT_DATA,
    serverName: values.TEMPORAL_TLS_SERVER_NAME,
    client: own !== undefined && key !== undefined ? { certificate: own, key } : undefined,
  };
}

function hasTlsSetting(values: Values): boolean {
  return (
    values.TEMPORAL_TLS_CLIENT_CERT_DATA !== undefined ||
    values.TEMPORAL_TLS_SERVER_CA_CERT_DATA !== undefined ||
    values.TEMPORAL_TLS_SERVER_NAME !== undefined
  );
}

function isPair(values: Values): boolean {
  const { TEMPORAL_TLS_CLIENT_CERT_DATA: own, TEMPORAL_TLS_CLIENT_KEY_DATA: key } = values;
  if (own === undefined || key === undefined) return own === key;
  return new X509Certificate(own).checkPrivateKey(createPrivateKey(key));
}

function sendsKeyAway({ TEMPORAL_API_KEY: apiKey, TEMPORAL_ADDRESS: address }: Values): boolean {
  const hostname = address?.replace(/:\d+$/, '') ?? 'localhost';
  return apiKey !== undefined && !isThisMachine(hostname);
}

function isReadable(read: () => unknown): boolean {
  try {
    read();
    return true;
  } catch {
    return false;
  }
}
