import type { Environment } from '../../src/process/environment';
import { databaseAt } from './own-database';

/**
 * What would make the stack share a server, a clock or a port with others, or its parts write more
 * than trouble.
 */
const shared = [
  'PORT',
  'TEMPORAL_ADDRESS',
  'TEMPORAL_NAMESPACE',
  'TEMPORAL_API_KEY',
  'EMAIL_URL',
  'SMTP_URL',
  'SMS_URL',
  'WHATSAPP_URL',
  'ITINERA_API_KEY',
  'ITINERA_CLOCK',
  'ITINERA_PUBLIC_URL',
  'ITINERA_TIME_SCALE',
  'LOG_LEVEL',
];

/**
 * An environment in which a stack has everything to itself, since the demo counts every mail there
 * is. On the MongoDB that is named it has a database of this name.
 */
export function ownEnvironment(env: Environment, database: string): Environment {
  const own = Object.entries(env).filter(([name]) => !shared.includes(name));
  const { MONGODB_URI: uri } = env;
  return {
    ...Object.fromEntries(own),
    ...(uri !== undefined && { MONGODB_URI: databaseAt(uri, database) }),
    LOG_LEVEL: 'warn',
  };
}
