import { domainsOver } from '../../core/messages/sender';
import type { LinkRule } from '../channel';

/** Another parser may see another host behind these: blanks, backslashes and a user name. */
const ambiguous = /[^!-~\u00a0-\uffff]|\\|^[^:/]*:\/\/[^/?#]*@/;

const longestHost = 253;

/** Says whether an address leads to a host that the rule names. */
export function isListed(address: string, { domains, unsubscribeUrl }: LinkRule): boolean {
  if (ambiguous.test(address) || !URL.canParse(address)) return false;
  const { hostname } = new URL(address);
  if (hostname.length > longestHost) return false;
  const names = [
    hostname,
    ...domainsOver(hostname)
      .slice(1)
      .map((above) => `*.${above}`),
  ];
  return names.some((name) => domains.includes(name)) || hostname === hostnameOf(unsubscribeUrl);
}

function hostnameOf(url: string | undefined): string | undefined {
  return url !== undefined && URL.canParse(url) ? new URL(url).hostname : undefined;
}

/** Readers make links of these. */
const inText = /(?:https?|ftp):[\\/]*[^\s<>"']+|\bwww\.[^\s<>"']+/gi;

/** The text without the web addresses that the rule does not name. */
export function textWithListedLinks(text: string, rule: LinkRule): string {
  return text.replace(inText, (found) => {
    const address = withoutStops(found);
    const whole = /^www\./i.test(address) ? `https://${address}` : address;
    return isListed(whole, rule) ? found : found.slice(address.length);
  });
}

/** The stop of a sentence, or a bracket, is no part of an address. */
function withoutStops(found: string): string {
  let end = found.length;
  while ('.,;:!?)]'.includes(found.charAt(end - 1)) && end > 0) end -= 1;
  return found.slice(0, end);
}
