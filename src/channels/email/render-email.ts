import { convert } from 'html-to-text';
import type { Fill, Inspection, LinkRule } from '../channel';
import { maxRenderedBytes } from '../liquid/liquid';
import type { CompiledEmail, RenderedEmail } from './email-content';
import { isTooDeep, maxDepth } from './html/depth';
import { isListed, textWithListedLinks } from '../links/listed';
import { withListedLinks } from './html/listed-links';
import { withModestSpans } from './html/modest-spans';
import { withWholeLinks } from './html/whole-links';

/** Prints the parts of an e-mail; a missing text part is derived from the HTML. */
export function renderEmail(content: CompiledEmail, fill: Fill, rule?: LinkRule): RenderedEmail {
  const printed = fill(content.html, 'html');
  if (isTooDeep(printed)) throw new Error(`its elements lie ${maxDepth} deep in each other`);
  const html = htmlOf(printed, rule);
  const printText = (source: string) => {
    const text = fill(source, 'text');
    return rule ? textWithListedLinks(text, rule) : text;
  };
  const text = content.text === undefined ? textOf(html) : printText(content.text);
  return { subject: subjectOf(printText(content.subject)), html, text };
}

function htmlOf(printed: string, rule: LinkRule | undefined): string {
  if (!rule) return withWholeLinks(printed);
  return withListedLinks(
    withWholeLinks(printed, (address) => isListed(address, rule)),
    rule,
  );
}

/** Measures the HTML: Gmail cuts a message off at about 102 KB. */
export function inspectEmail({ html }: RenderedEmail): Inspection {
  const links = [...html.matchAll(/\bhref="([^"]*)"/g)].map(([, link = '']) =>
    link.replaceAll('&amp;', '&'),
  );
  return { size: Buffer.byteLength(html), links: [...new Set(links)] };
}

const longestSubject = 255;
const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** A subject has one line. No-break spaces stay: they hold amounts together. */
function subjectOf(text: string): string {
  const line = text.replace(/[^\S\u00a0\u202f]+/g, ' ').trim();
  if (line.length <= longestSubject) return line;
  const seen = graphemes.segment(line.slice(0, longestSubject + 1));
  return `${line.slice(0, seen.containing(longestSubject - 1)?.index)}…`;
}

function textOf(html: string): string {
  return convert(withModestSpans(html), {
    wordwrap: 78,
    limits: { maxInputLength: maxRenderedBytes, maxDepth },
    selectors: [
      { selector: 'img', format: 'skip' },
      { selector: 'div[style*="display:none"]', format: 'skip' },
      { selector: 'a', options: { hideLinkHrefIfSameAsText: true, linkBrackets: ['<', '>'] } },
      { selector: 'table.items', format: 'dataTable' },
      ...['h1', 'h2', 'h3'].map((selector) => ({ selector, options: { uppercase: false } })),
    ],
  });
}
