/** A stamp as an instant in real epoch milliseconds, or the text that names none. */
export type ReadStamp = Readonly<{ ms?: number; unreadable?: string }>;

const longestText = 64;
const century = { from: Date.UTC(2000, 0, 1), until: Date.UTC(2100, 0, 1) } as const;
/** An unset clock, a null date and `0000-00-00` are written as instants up to here. */
const firstMeant = Date.UTC(1971, 0, 1);

/**
 * Reads a stamp as clients write it. It may be ISO 8601 with `T` or a blank, any offset and any
 * fraction, the date of RFC 5322, or an epoch in seconds, milliseconds, microseconds or
 * nanoseconds, told apart by its size. Empty where there is none. A time of day without a zone is
 * unreadable.
 */
export function readStamp(value: unknown): ReadStamp {
  if (value === undefined || value === null || value === '') return {};
  const ms = instantIn(value);
  if (ms !== undefined && ms >= firstMeant) return { ms };
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return { unreadable: text.slice(0, longestText) };
}

function instantIn(value: unknown): number | undefined {
  if (typeof value === 'number') return epochOf(value);
  if (typeof value !== 'string') return undefined;
  const text = value.trim();
  return /^\d+([.]\d+)?$/.test(text) ? epochOf(Number(text)) : (isoOf(text) ?? datedOf(text));
}

function epochOf(value: number): number | undefined {
  const readings = [value * 1_000, value, value / 1_000, value / 1_000_000];
  const meant = readings.find((ms) => ms >= century.from && ms < century.until);
  return meant === undefined ? undefined : Math.floor(meant);
}

const iso =
  /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(:\d{2}(?:[.,]\d+)?)? ?(Z|[+-]\d{2}(?::?\d{2})?))?$/i;

function isoOf(text: string): number | undefined {
  const [, date, minutes, seconds = '', zone = 'Z'] = iso.exec(text) ?? [];
  if (date === undefined) return undefined;
  if (minutes === undefined) return numberOf(Date.parse(date));
  const [, sign = '', hours, more = '00'] = /^([+-])(\d{2}):?(\d{2})?$/.exec(zone) ?? [];
  const offset = hours === undefined ? 'Z' : `${sign}${hours}:${more}`;
  const fraction = seconds.replace(',', '.').slice(0, ':00.000'.length);
  return numberOf(Date.parse(`${date}T${minutes}${fraction}${offset}`));
}

const dated =
  /^(?:[A-Z][a-z]{2},? )?(?:\d{1,2} [A-Z][a-z]{2}|[A-Z][a-z]{2} \d{1,2}) \d{4} [\d:]+ (?:GMT|UTC|[+-]\d{4}|GMT[+-]\d{4})(?: \(.*\))?$/;

function datedOf(text: string): number | undefined {
  return dated.test(text) ? numberOf(Date.parse(text)) : undefined;
}

function numberOf(ms: number): number | undefined {
  return Number.isNaN(ms) ? undefined : ms;
}
