import type { Environment } from '../../src/process/environment';

/**
 * What would make the stack share a server, a clock or a port with others, or its parts write more
 * than trouble.
 */
const shared = [
  'PORT',
  'MONGODB_URI',
  'TEMPORAL_ADDRESS',
  'TEMPORAL_NAMESPACE',
  'TEMPORAL_API_KEY',
  'SMTP_URL',
  'ITINERA_API_KEY',
  'ITINERA_CLOCK',
  'ITINERA_PUBLIC_URL',
  'ITINERA_TIME_SCALE',
  'LOG_LEVEL',
];

/**
 * An environment in which a stack has everything to itself, since the demo counts every mail there
 * is.
 */
export function ownEnvironment(env: Environment): Environment {
  const own = Object.entries(env).filter(([name]) => !shared.includes(name));
  return { ...Object.fromEntries(own), LOG_LEVEL: 'warn' };
}
