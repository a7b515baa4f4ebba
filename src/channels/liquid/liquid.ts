import { Liquid } from 'liquidjs';
import { printableName } from '../../core/contacts/printable-name';
import { keepCalendarDates } from './calendar-date';
import { chargeLiquid, escapeOutput } from './charged-liquid';

/** The language and zone of amounts and dates. Unknown ones fall back to English and UTC. */
export type Writing = Readonly<{ locale: string; zone?: string }>;

/** The longest source of a template, in characters. */
export const maxSourceLength = 256 * 1024;
/** The most Liquid tags and outputs of a source. */
export const maxSourceParts = 2_000;
/** The greatest part of a rendered message. */
export const maxRenderedBytes = 256 * 1024;
/**
 * The limits of a rendering: units of work as `chargeLiquid` counts them, and milliseconds. The
 * units alone decide about a template on an idle machine.
 */
export const renderLimits = { memoryLimit: 2_000_000, renderLimit: 1_000 };

/**
 * Makes a Liquid engine without a file system and within limits. It reads own properties only,
 * knows no other template, and has the tags and filters of `liquid-parts` alone. Dates without a
 * time stay as they are. `output: 'html'` escapes printed facts.
 */
export function createLiquid({ locale, zone }: Writing, output: 'html' | 'text'): Liquid {
  const known = isLocale(locale) ? locale : 'en';
  const liquid = new Liquid({
    ...(output === 'html' && { outputEscape: escapeOutput }),
    ownPropertyOnly: true,
    strictFilters: true,
    templates: {},
    parseLimit: maxSourceLength,
    locale: known,
    timezoneOffset: zone !== undefined && isZone(zone) ? zone : 'UTC',
  });
  liquid.registerFilter('money', (amount: unknown, currency: unknown) =>
    moneyText(amount, currency, known),
  );
  liquid.registerFilter('as_name', printableName);
  keepCalendarDates(liquid);
  chargeLiquid(liquid);
  return liquid;
}

/** `12.5 | money: "EUR"` is €12.50 in English. Text prints nothing, no currency a plain amount. */
function moneyText(amount: unknown, currency: unknown, locale: string): string {
  const isAmount =
    typeof amount === 'number' || (typeof amount === 'string' && amount.trim() !== '');
  const value = isAmount ? Number(amount) : Number.NaN;
  if (!Number.isFinite(value)) return '';
  const isCurrency = typeof currency === 'string' && /^[A-Za-z]{3}$/.test(currency);
  const style = isCurrency
    ? ({ style: 'currency', currency } as const)
    : { minimumFractionDigits: 2, maximumFractionDigits: 2 };
  return new Intl.NumberFormat(locale, style).format(value);
}

/** True of a language tag that Intl accepts. */
export function isLocale(text: string): boolean {
  return isKnownToIntl(() => Intl.getCanonicalLocales(text));
}

function isZone(text: string): boolean {
  return isKnownToIntl(() => new Intl.DateTimeFormat('en', { timeZone: text }));
}

function isKnownToIntl(ask: () => unknown): boolean {
  try {
    ask();
    return true;
  } catch {
    return false;
  }
}
