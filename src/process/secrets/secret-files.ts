import { readFileSync } from 'node:fs';
import { DomainError } from '../../core/domain-error';
import type { Environment } from '../environment';

const names = [
  'ITINERA_API_KEY',
  'ITINERA_CODEC_KEY',
  'ITINERA_KEY_RING',
  'ITINERA_PREVIOUS_SECRET',
  'ITINERA_SECRET',
];

/**
 * Takes a secret from the file that `NAME_FILE` names. Docker and Kubernetes hand secrets over so.
 * Throws DomainError `invalid` where a file cannot be read, or the variable is given as well.
 */
export function withFiles(env: Environment): Environment {
  const read = names.flatMap((name) => {
    const path = env[`${name}_FILE`];
    return path ? [[name, contentOf(env, name, path)] as const] : [];
  });
  return { ...env, ...Object.fromEntries(read) };
}

function contentOf(env: Environment, name: string, path: string): string {
  if (env[name]) throw new DomainError('invalid', `Give ${name} or ${name}_FILE, not both`);
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    throw new DomainError('invalid', `${name}_FILE: the file cannot be read; give its path`);
  }
}
