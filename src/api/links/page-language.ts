import { pageWords, type PageLanguage } from './page-words';

/**
 * The language of a page. The contact's locale counts, then the browser's `Accept-Language` (RFC
 * 9110, section 12.5.4), then English.
 */
export function pageLanguageOf(
  locale: string | undefined,
  acceptLanguage: string | undefined,
): PageLanguage {
  return [locale ?? '', ...wantedIn(acceptLanguage ?? '')].flatMap(knownIn)[0] ?? 'en';
}

/** Far more than a browser names. */
const mostWanted = 20;

function wantedIn(header: string): readonly string[] {
  const wanted = header
    .split(',', mostWanted)
    .map((part) => {
      const [range = '', ...parameters] = part.split(';').map((text) => text.trim());
      const quality = parameters.find((text) => /^q=/i.test(text))?.slice(2) ?? '1';
      return { range, weight: Number(quality) };
    })
    .filter(({ weight }) => weight > 0);
  return wanted.toSorted((one, other) => other.weight - one.weight).map(({ range }) => range);
}

function knownIn(tag: string): readonly PageLanguage[] {
  const language = /^[a-z]+/i.exec(tag)?.[0].toLowerCase();
  const known = Object.keys(pageWords) as readonly PageLanguage[];
  return known.filter((name) => name === language);
}
