import { isThisMachine } from '../../core/this-machine';
import { connectionsIn } from '../connections';

/** An account of a provider that is spoken to over HTTP. */
export type Account = Readonly<{
  /** The public part of the credentials. Empty where there is none. */
  id: string;
  secret: string;
  origin: string;
  /** The most messages that are handed over at a time. */
  slots: number;
  settings: URLSearchParams;
}>;

const usualConnections = 10;

/**
 * The account in a URL such as `resend://KEY@api.resend.com?maxConnections=20` or
 * `ses://ID:SECRET@email.eu-south-1.amazonaws.com`. On this machine it speaks plain HTTP.
 */
export function accountIn(url: string): Account {
  const parsed = new URL(url);
  const [user, password] = [parsed.username, parsed.password].map(decodeURIComponent);
  const isSecretAlone = password === '';
  return {
    id: isSecretAlone ? '' : (user ?? ''),
    secret: (isSecretAlone ? user : password) ?? '',
    origin: `${isThisMachine(parsed.hostname) ? 'http' : 'https'}://${parsed.host}`,
    slots: connectionsIn(parsed, usualConnections),
    settings: parsed.searchParams,
  };
}
