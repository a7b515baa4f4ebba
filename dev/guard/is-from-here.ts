import type { IncomingHttpHeaders } from 'node:http';

type Request = Readonly<{ method?: string | undefined; headers: IncomingHttpHeaders }>;

const thisMachine = /^(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?$/i;

/**
 * False of a request that a web site makes through a browser on this machine. A site gives itself
 * away by its Origin, by Fetch Metadata, or by its name in Host where that leads to this machine.
 */
export function isFromHere({ method, headers }: Request): boolean {
  const { host = '', origin } = headers;
  if (!thisMachine.test(host)) return false;
  if (origin !== undefined && origin !== `http://${host.toLowerCase()}`) return false;
  return isOfOwnPage(headers) || isPersonOpening(method, headers);
}

/** A program that is no browser sends no Fetch Metadata. */
function isOfOwnPage(headers: IncomingHttpHeaders): boolean {
  const site = headers['sec-fetch-site'];
  return site === undefined || site === 'same-origin' || site === 'none';
}

/** Another page may link here, but show nothing of ours inside itself. */
function isPersonOpening(method: string | undefined, headers: IncomingHttpHeaders): boolean {
  return (
    method === 'GET' &&
    headers['sec-fetch-mode'] === 'navigate' &&
    headers['sec-fetch-dest'] === 'document'
  );
}
