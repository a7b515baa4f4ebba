import render from 'dom-serializer';
import { DomUtils, ElementType, parseDocument } from 'htmlparser2';
import type { LinkRule } from '../../channel';
import { isListed, textWithListedLinks } from '../../links/listed';
import { isAddress } from './whole-links';

type Node = ReturnType<typeof DomUtils.filter>[number];
type Place = ReturnType<typeof DomUtils.getElementsByTagName>[number];

/** A picture within the message has no host. Its letters may look like one. */
const inMarkup =
  /data:[^\s"')]+|(?:https?:|ftp:)?[\\/]{2,}[^\s"'()<>,;]+|(?:https?|ftp):[^\s"'()<>,;]+/gi;

function markupWithListedLinks(markup: string, rule: LinkRule): string {
  return markup.replace(inMarkup, (found) => {
    if (/^data:/i.test(found)) return found;
    return isListed(found.startsWith('//') ? `https:${found}` : found, rule) ? found : '';
  });
}

/**
 * The HTML without the addresses that the rule does not name. It looks at texts, styles, comments
 * that Outlook reads, and each attribute. `withWholeLinks` has looked at links and pictures. HTML
 * without a fault stays as it is.
 */
export function withListedLinks(html: string, rule: LinkRule): string {
  const document = parseDocument(html);
  const nodes = DomUtils.filter(() => true, document.children, true);
  const mended = nodes.filter((node) => mend(node, rule));
  return mended.length === 0 ? html : render(document.children, { encodeEntities: 'utf8' });
}

/** True if the node was changed. */
function mend(node: Node, rule: LinkRule): boolean {
  if (DomUtils.isTag(node)) return mendAttributes(node, rule);
  if (!DomUtils.isText(node) && !DomUtils.isComment(node)) return false;
  const listed = listedIn(node, rule);
  if (listed === node.data) return false;
  node.data = listed;
  return true;
}

function listedIn(node: Node & Readonly<{ data: string }>, rule: LinkRule): string {
  if (DomUtils.isComment(node)) return markupWithListedLinks(node.data, rule);
  const isStyle = node.parent?.type === ElementType.Style;
  return isStyle ? styleWithListedLinks(node.data, rule) : textWithListedLinks(node.data, rule);
}

function mendAttributes(place: Place, rule: LinkRule): boolean {
  const names = Object.keys(place.attribs).filter(
    (name) => !isAddress(name) && !name.startsWith('xmlns'),
  );
  return names.filter((name) => mendAttribute(place, name, rule)).length > 0;
}

/** A style loses the address alone. Any other attribute goes, such as `srcset`. */
function mendAttribute(place: Place, name: string, rule: LinkRule): boolean {
  const given = place.attribs[name] ?? '';
  const plain = name === 'style' ? given : given.replace(/[\t\r\n]/g, '');
  const listed = (name === 'style' ? styleWithListedLinks : markupWithListedLinks)(plain, rule);
  if (listed === plain) return false;
  if (name === 'style') place.attribs[name] = listed;
  else Reflect.deleteProperty(place.attribs, name);
  return true;
}

/** CSS may write any character as an escape. A style without a fault stays as it is. */
function styleWithListedLinks(style: string, rule: LinkRule): string {
  const plain = style
    .replace(/\\(?:([0-9a-f]{1,6})\s?|([^\n]))/gi, (_escape, code?: string, other?: string) =>
      code === undefined ? (other ?? '') : characterOf(code),
    )
    .replaceAll('\t', ' ');
  const listed = markupWithListedLinks(plain, rule);
  return listed === plain ? style : listed;
}

function characterOf(code: string): string {
  const point = Number.parseInt(code, 16);
  return point < 0x20 || point > 0x10ffff ? '' : String.fromCodePoint(point);
}
