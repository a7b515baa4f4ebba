import render from 'dom-serializer';
import { DomUtils, parseDocument } from 'htmlparser2';

type Place = ReturnType<typeof DomUtils.getElementsByTagName>[number];

const addresses = ['href', 'src', 'background', 'action', 'formaction', 'poster', 'xlink:href'];
const webProtocols = ['http:', 'https:'];
const linkProtocols = [...webProtocols, 'mailto:', 'tel:'];

/**
 * The HTML of a message with links and pictures that are whole or absent. `//host` becomes https.
 * A link without protocol and host, or with a protocol unfit for readers, keeps its text alone; a
 * picture of that kind goes. Repeating changes nothing, and HTML without a fault stays as it is.
 */
export function withWholeLinks(html: string): string {
  const document = parseDocument(html);
  const places = DomUtils.getElementsByTagName('*', document, true);
  const mended = places.filter((place) => mend(place));
  return mended.length === 0 ? html : render(document.children, { encodeEntities: 'utf8' });
}

/** True if the element was changed. */
function mend(place: Place): boolean {
  const changed = addresses.filter((name) => mendAddress(place, name));
  if (place.name === 'img' && place.attribs['src'] === undefined && changed.includes('src'))
    DomUtils.removeElement(place);
  return changed.length > 0;
}

function mendAddress(place: Place, name: string): boolean {
  const given = place.attribs[name];
  if (given === undefined) return false;
  const whole = wholeAddress(given, name === 'href' ? linkProtocols : webProtocols);
  if (whole === given) return false;
  if (whole === undefined) Reflect.deleteProperty(place.attribs, name);
  else place.attribs[name] = whole;
  return true;
}

/** An address within the message, such as `#top`, has no need of a host. */
function wholeAddress(given: string, protocols: readonly string[]): string | undefined {
  const trimmed = given.trim();
  if (trimmed.startsWith('#')) return given;
  const address = trimmed.startsWith('//') ? `https:${trimmed}` : trimmed;
  if (!URL.canParse(address) || !protocols.includes(new URL(address).protocol)) return undefined;
  const isWeb = webProtocols.includes(new URL(address).protocol);
  return isWeb && !hasHost(address) ? undefined : address === trimmed ? given : address;
}

/** A URL parser takes the `p` of `https:/p/a` for the host. Mail readers may not. */
function hasHost(address: string): boolean {
  const rest = address.slice(address.indexOf(':') + 1);
  return rest.startsWith('//') && !rest.startsWith('///');
}
