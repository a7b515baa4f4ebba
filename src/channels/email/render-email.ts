import { convert } from 'html-to-text';
import type { Fill, Inspection } from '../channel';
import { maxRenderedBytes } from '../liquid/liquid';
import type { CompiledEmail, RenderedEmail } from './email-content';
import { isTooDeep, maxDepth } from './html/depth';
import { withModestSpans } from './html/modest-spans';
import { withWholeLinks } from './html/whole-links';

/** Prints the parts of an e-mail; a missing text part is derived from the HTML. */
export function renderEmail(content: CompiledEmail, fill: Fill): RenderedEmail {
  const printed = fill(content.html, 'html');
  if (isTooDeep(printed)) throw new Error(`its elements lie ${maxDepth} deep in each other`);
  const html = withWholeLinks(printed);
  const text = content.text === undefined ? textOf(html) : fill(content.text, 'text');
  return { subject: subjectOf(fill(content.subject, 'text')), html, text };
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
