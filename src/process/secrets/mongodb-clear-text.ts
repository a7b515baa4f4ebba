import { isThisMachine } from '../../core/this-machine';

const shape = /^mongodb(\+srv)?:\/\/(?:([^/?]*)@)?([^@/?]*)(?:\/[^?]*)?(?:\?(.*))?$/;

/**
 * Whether the URI sends a user and a password without TLS to another machine. It may if it says
 * `tls=false`. `mongodb+srv` has TLS of itself.
 */
export function sendsCredentialsInClear(uri: string): boolean {
  const [, srv, credentials, hosts = '', query = ''] = shape.exec(uri) ?? [];
  const options = new URLSearchParams(query);
  if (srv !== undefined || credentials === undefined) return false;
  if (options.has('tls') || options.has('ssl')) return false;
  return !hosts.split(',').every((host) => isThisMachine(host.replace(/:\d+$/, '')));
}
