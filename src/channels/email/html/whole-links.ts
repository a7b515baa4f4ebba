import render from 'dom-serializer';
import { DomUtils, parseDocument } from 'htmlparser2';

type Place = ReturnType<typeof DomUtils.getElementsByTagName>[number];

const addresses = ['href', 'src', 'background', 'action', 'formaction', 'poster', 'xlink:href'];
const webProtocols = ['http:', 'https:'];
const linkProtocols = [...webProtocols, 'mailto:', 'tel:'];

/** Says whether an attribute of this name holds an address, which `withWholeLinks` looks at. */
export function isAddress(name: string): boolean {
  return addresses.includes(name);
}

/** Says of a whole web address whether it may stay. */
type Allowed = (address: string) => boolean;

/**
 * The HTML of a message with links and pictures that are whole or absent. `//host` becomes https.
 * A link without protocol and host, or with a protocol unfit for readers, keeps its text alone; a
 * picture of that kind goes. Repeating changes nothing, and HTML without a fault stays as it is.
 */
export function withWholeLinks(html: string, isAllowed: Allowed = () => true): string {
  const document = parseDocument(html);
  const places = DomUtils.getElementsByTagName('*', document, true);
  const mended = places.filter((place) => mend(place, isAllowed));
  return mended.length === 0 ? html : render(document.children, { encodeEntities: 'utf8' });
}

/** True if the element was changed. */
function mend(place: Place, isAllowed: Allowed): boolean {
  const changed = addresses.filter((name) => mendAddress(place, name, isAllowed));
  if (place.name === 'img' && place.attribs['src'] === undefined && changed.includes('src'))
    DomUtils.removeElement(place);
  return changed.length > 0;
}

function mendAddress(place: Place, name: string, isAllowed: Allowed): boolean {
  const given = place.attribs[name];
  if (given === undefined) return false;
  const whole = wholeAddress(given, name === 'href' ? linkProtocols : webProtocols);
  const kept = whole !== undefined && isWeb(whole) && !isAllowed(whole.trim()) ? undefined : whole;
  if (kept === given) return false;
  if (kept === undefined) Reflect.deleteProperty(place.attribs, name);
  else place.attribs[name] = kept;
  return true;
}

/** An address within the message, such as `#top`, has no need of a host. */
function wholeAddress(given: string, protocols: readonly string[]): string | undefined {
  const trimmed = given.trim();
  if (trimmed.startsWith('#')) return given;
  const address = trimmed.startsWith('//') ? `https:${trimmed}` : trimmed;
  if (!URL.canParse(address) || !protocols.includes(new URL(address).protocol)) return undefined;
  return isWeb(address) && !hasHost(address) ? undefined : address === trimmed ? given : address;
}

function isWeb(address: string): boolean {
  return URL.canParse(address) && webProtocols.includes(new URL(address).protocol);
}

/** A URL parser takes the `p` of `https:/p/a` for the host. Mail readers may not. */
function hasHost(address: string): boolean {
  const rest = address.slice(address.indexOf(':') + 1);
  return rest.startsWith('//') && !rest.startsWith('///');
}
