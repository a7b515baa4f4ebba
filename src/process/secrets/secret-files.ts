import { readFileSync } from 'node:fs';
import { DomainError } from '../../core/domain-error';
import type { Environment } from '../environment';

/** Which variable is read from the file that another one names. */
const files = {
  EMAIL_URL_FILE: 'EMAIL_URL',
  EMAIL_WEBHOOK_SECRET_FILE: 'EMAIL_WEBHOOK_SECRET',
  ITINERA_API_KEY_FILE: 'ITINERA_API_KEY',
  ITINERA_CODEC_KEY_FILE: 'ITINERA_CODEC_KEY',
  ITINERA_KEY_RING_FILE: 'ITINERA_KEY_RING',
  ITINERA_PREVIOUS_SECRET_FILE: 'ITINERA_PREVIOUS_SECRET',
  ITINERA_SECRET_FILE: 'ITINERA_SECRET',
  MONGODB_URI_FILE: 'MONGODB_URI',
  SMS_URL_FILE: 'SMS_URL',
  SMTP_URL_FILE: 'SMTP_URL',
  TEMPORAL_API_KEY_FILE: 'TEMPORAL_API_KEY',
  TEMPORAL_TLS_CLIENT_CERT_PATH: 'TEMPORAL_TLS_CLIENT_CERT_DATA',
  TEMPORAL_TLS_CLIENT_KEY_PATH: 'TEMPORAL_TLS_CLIENT_KEY_DATA',
  TEMPORAL_TLS_SERVER_CA_CERT_PATH: 'TEMPORAL_TLS_SERVER_CA_CERT_DATA',
  WHATSAPP_URL_FILE: 'WHATSAPP_URL',
  WHATSAPP_WEBHOOK_SECRET_FILE: 'WHATSAPP_WEBHOOK_SECRET',
};

/**
 * Takes secrets from the files that the environment names. Docker and Kubernetes hand secrets over
 * so. The answer names no files, since children inherit it. Throws DomainError `invalid` where a
 * file cannot be read, or the variable is given as well.
 */
export function withFiles(env: Environment): Environment {
  const read = Object.entries(files).flatMap(([file, name]) => {
    const path = env[file];
    return path ? [[name, contentOf(env, { file, name, path })] as const] : [];
  });
  const rest = Object.entries(env).filter(([name]) => !(name in files));
  return Object.fromEntries([...rest, ...read]);
}

type Named = Readonly<{ file: string; name: string; path: string }>;

function contentOf(env: Environment, { file, name, path }: Named): string {
  if (env[name]) throw new DomainError('invalid', `Give ${name} or ${file}, not both`);
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    throw new DomainError('invalid', `${file}: the file cannot be read; give its path`);
  }
}
