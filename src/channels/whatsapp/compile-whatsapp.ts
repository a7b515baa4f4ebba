import type { Fault } from '../../core/domain-error';
import type { CompiledContent } from '../channel';
import { alwaysPrintsUnsubscribe } from '../liquid/always-prints';
import { createLiquid } from '../liquid/liquid';
import { readLiquid } from '../liquid/read-liquid';
import { isCounted, placeFaults, placesIn } from './places';
import type { ApprovedText, WhatsAppButton, WhatsAppContent } from './whatsapp-content';

/** Checks the places of an approved template, and the Liquid that fills them. */
export function compileWhatsApp(
  content: WhatsAppContent,
  pointer: string,
): Promise<CompiledContent<WhatsAppContent>> {
  const liquid = createLiquid({ locale: 'en' }, 'text');
  const sources = sourcesOf(content, pointer);
  const read = sources.map(({ source, at }) => readLiquid(liquid, source, at));
  return Promise.resolve({
    compiled: content,
    variables: read.flatMap(({ variables }) => variables),
    hasUnsubscribe: sources.some(({ source }) => alwaysPrintsUnsubscribe(liquid, source)),
    faults: [
      ...textsOf(content, pointer).flatMap(({ text, at }) => placeFaults(text, at)),
      ...mixtureFaults(content, pointer),
      ...footerFaults(content, pointer),
      ...buttonsOf(content, pointer).flatMap(({ button, at }) => buttonFaults(button, at)),
      ...read.flatMap(({ faults }) => faults),
    ],
  });
}

type Source = Readonly<{ source: string; at: string }>;

/** Every Liquid source of the content, with its JSON Pointer. */
function sourcesOf(content: WhatsAppContent, pointer: string): readonly Source[] {
  const ofTexts = textsOf(content, pointer).flatMap(({ text: { parameters = {} }, at }) =>
    Object.entries(parameters).map(([place, source]) => ({
      source,
      at: `${at}/parameters/${place}`,
    })),
  );
  const ofButtons = buttonsOf(content, pointer).flatMap(({ button: { parameter }, at }) =>
    parameter === undefined ? [] : [{ source: parameter, at: `${at}/parameter` }],
  );
  return [...ofTexts, ...ofButtons];
}

function textsOf({ header, body }: WhatsAppContent, pointer: string) {
  const own: readonly Readonly<{ text: ApprovedText; at: string }>[] = [
    { text: body, at: `${pointer}/body` },
  ];
  return header ? [{ text: header, at: `${pointer}/header` }, ...own] : own;
}

function buttonsOf({ buttons = [] }: WhatsAppContent, pointer: string) {
  return buttons.map((button, index) => ({ button, at: `${pointer}/buttons/${index}` }));
}

/** A template of WhatsApp counts its places or names them, all alike. */
function mixtureFaults(content: WhatsAppContent, pointer: string): readonly Fault[] {
  const places = textsOf(content, pointer).flatMap(({ text }) => placesIn(text.text));
  if (new Set(places.map(isCounted)).size <= 1) return [];
  const detail = 'Some places have a number and some a name: repeat the approved texts.';
  return [{ pointer, code: 'places-not-alike', detail }];
}

function footerFaults({ footer = '' }: WhatsAppContent, pointer: string): readonly Fault[] {
  if (placesIn(footer).length === 0) return [];
  const detail = 'A footer has no places at WhatsApp: put them into the body.';
  return [{ pointer: `${pointer}/footer`, code: 'place-without-parameter', detail }];
}

/** The host is whole before the place, so that no value leads elsewhere. */
const address = /^https?:\/\/[^\s/?#{}@\\]+(?:$|[/?#][^\s{}\\]*(?:\{\{1\}\})?$)/;

function buttonFaults({ url, parameter }: WhatsAppButton, pointer: string): readonly Fault[] {
  if (url !== undefined && !isAddress(url)) {
    const detail = `"${url}" is not an http or https address that has a whole host, and at most the place {{1}} at its end.`;
    return [{ pointer: `${pointer}/url`, code: 'button-url', detail }];
  }
  const hasPlace = placesIn(url ?? '').length > 0;
  if (hasPlace === (parameter !== undefined)) return [];
  const detail = hasPlace
    ? 'The place {{1}} of the address has no parameter: give its Liquid in "parameter".'
    : 'Without the place {{1}} at the end of "url" the button takes no parameter: remove it.';
  return [
    { pointer, code: hasPlace ? 'place-without-parameter' : 'parameter-without-place', detail },
  ];
}

function isAddress(url: string): boolean {
  return address.test(url) && URL.canParse(url.replace('{{1}}', ''));
}
