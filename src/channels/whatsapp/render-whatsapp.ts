import { UnfitMessage, type Fill, type LinkRule } from '../channel';
import { textWithListedLinks } from '../links/listed';
import { fillIn, isCounted } from './places';
import {
  longest,
  type ApprovedText,
  type FilledPart,
  type RenderedWhatsApp,
  type WhatsAppButton,
  type WhatsAppContent,
} from './whatsapp-content';

/** A part as the person reads it. Without places it has no values. */
type Printed = Readonly<{ text: string; filled?: FilledPart }>;

type Means = Readonly<{ fill: Fill; rule: LinkRule | undefined }>;

/**
 * Fills the places of an approved template. The approved words cannot be changed any more, so that
 * an address among them that the rule does not name throws; in a value it is left out.
 */
export function renderWhatsApp(
  { template, language, header, body, footer, buttons = [] }: WhatsAppContent,
  fill: Fill,
  rule?: LinkRule,
): RenderedWhatsApp {
  const means = { fill, rule };
  const parts: readonly Printed[] = [
    ...(header ? [printText(header, 'header', means)] : []),
    printText(body, 'body', means),
    ...(footer === undefined ? [] : [{ text: footer }]),
    ...buttons.map((button, index) => printButton(button, index, means)),
  ];
  const text = parts.map((part) => part.text).join('\n\n');
  if (rule && textWithListedLinks(text, rule) !== text) {
    throw new UnfitMessage(
      'its approved words lead to an address that the workspace does not name',
    );
  }
  return { text, template, language, filled: parts.flatMap(({ filled }) => filled ?? []) };
}

function printText(
  { text: approved, parameters = {} }: ApprovedText,
  part: 'header' | 'body',
  { fill, rule }: Means,
): Printed {
  const values = Object.entries(parameters).map(([place, source]) => {
    const printed = inOneLine(fill(source, 'text'));
    return [place, inOneLine(rule ? textWithListedLinks(printed, rule) : printed)] as const;
  });
  const empty = values.find(([, text]) => text === '');
  if (empty) throw new UnfitMessage(`the place ${empty[0]} of its ${part} is empty`);
  const text = fillIn(approved, new Map(values));
  refuseLonger(text, part);
  if (values.length === 0) return { text };
  return { text, filled: { part, values: values.map(valueOf) } };
}

function valueOf([place, text]: readonly [string, string]) {
  return isCounted(place) ? { text } : { name: place, text };
}

function printButton(
  { text, url, parameter }: WhatsAppButton,
  index: number,
  { fill }: Means,
): Printed {
  if (url === undefined) return { text: `[${text}]` };
  if (parameter === undefined) return { text: `[${text}] ${url}` };
  const base = fillIn(url, new Map([['1', '']]));
  const rest = restBehind(base, inOneLine(fill(parameter, 'text')));
  const address = `${base}${rest}`;
  refuseLonger(address, 'url');
  const filled = { part: 'button', index, values: [{ text: rest }] } as const;
  return { text: `[${text}] ${address}`, filled };
}

const blank = /[\s\p{Cc}]/u;
const absolute = /^[a-z][a-z0-9+.-]*:|^\/\//i;

/** WhatsApp is given what comes behind the approved address, of which authors print the whole. */
function restBehind(base: string, printed: string): string {
  const rest = printed.startsWith(base) ? printed.slice(base.length) : printed;
  if (rest === '') throw new UnfitMessage('the address of its button is empty');
  if (absolute.test(rest) || blank.test(rest) || rest.includes('\\')) {
    throw new UnfitMessage(`the address of its button does not begin with ${base}`);
  }
  return rest;
}

/** WhatsApp refuses a value with line breaks, tabs, rows of blanks or halves of characters. */
function inOneLine(printed: string): string {
  return printed
    .toWellFormed()
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();
}

function refuseLonger(text: string, part: 'header' | 'body' | 'url'): void {
  if (text.length <= longest[part]) return;
  throw new UnfitMessage(
    `its ${part} has ${text.length} characters, and WhatsApp takes ${longest[part]}`,
  );
}
