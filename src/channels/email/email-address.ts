import { domainToASCII } from 'node:url';

const local = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/;
const domain =
  /^(?=.{1,253}$)[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*$/;

/**
 * The address as an envelope holds it, its domain in ASCII. Undefined where the text is not exactly
 * one plain addr-spec: quoted local parts, comments, groups, display names and address literals are
 * legal in RFC 5322, but they allow recipient injection.
 */
export function plainAddressOf(text: string): string | undefined {
  const at = text.indexOf('@');
  const name = text.slice(0, at);
  const host = text.slice(at + 1);
  if (at < 1 || at > 64 || text.length > 254 || /[\s\p{Cc}]/u.test(text)) return undefined;

  const ascii = domainToASCII(host);
  return local.test(name) && domain.test(ascii) ? `${name}@${ascii}` : undefined;
}
