const atoms = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/;
const atomsAndDots = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}$/;
const hostText = /^[\p{L}\p{M}\p{N}.-]{1,253}$/u;
const asciiHost =
  /^(?=.{1,253}$)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*$/;

/** The text without blanks around it, and without characters that nobody sees. */
export function withoutInvisible(text: string): string {
  return text.replace(/\p{Cf}/gu, '').trim();
}

/**
 * The address as an envelope holds it, its domain in ASCII. A local part with a dot too many, which
 * some Japanese carriers have given out, is quoted. Undefined where the text is not exactly one
 * plain addr-spec: quoted local parts, comments, groups, display names and address literals are
 * legal in RFC 5322, but they allow recipient injection. Every door asks it, so that whatever is
 * taken in can be sent to.
 */
export function envelopeAddressOf(text: string): string | undefined {
  const at = text.indexOf('@');
  const local = text.slice(0, Math.max(0, at));
  const host = asciiHostOf(text.slice(at + 1));
  if (host === undefined || text.length > 254 || !atomsAndDots.test(local)) return undefined;
  return `${atoms.test(local) ? local : `"${local}"`}@${host}`;
}

function asciiHostOf(host: string): string | undefined {
  if (!hostText.test(host)) return undefined;
  const isAscii = /^[ -~]*$/.test(host);
  const url = `http://${host}`;
  const ascii = isAscii || !URL.canParse(url) ? host.toLowerCase() : new URL(url).hostname;
  return asciiHost.test(ascii) ? ascii : undefined;
}
