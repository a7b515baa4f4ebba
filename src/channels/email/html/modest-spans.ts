import render from 'dom-serializer';
import { DomUtils, parseDocument } from 'htmlparser2';

type Cell = ReturnType<typeof DomUtils.getElementsByTagName>[number];

const longestSpan = 20;
const mostSpanned = 10_000;
const spans = ['colspan', 'rowspan'];

/**
 * The HTML with cells that span at most 20 columns or rows. Once all of them span 10,000 places no
 * further cell spans any. Tables in text are drawn place by place.
 */
export function withModestSpans(html: string): string {
  if (!/(?:col|row)span/i.test(html)) return html;
  const document = parseDocument(html);
  let spanned = 0;
  for (const cell of DomUtils.getElementsByTagName('*', document, true)) {
    const longest = spanned > mostSpanned ? 1 : longestSpan;
    spanned += spans.map((name) => clamp(cell, name, longest)).reduce((a, b) => a * b) - 1;
  }
  return render(document.children, { encodeEntities: 'utf8' });
}

function clamp(cell: Cell, name: string, longest: number): number {
  const given = cell.attribs[name];
  if (given === undefined) return 1;
  const wanted = Number.parseInt(given, 10);
  const span = Math.max(1, Math.min(longest, Number.isNaN(wanted) ? 1 : wanted));
  cell.attribs[name] = String(span);
  return span;
}
