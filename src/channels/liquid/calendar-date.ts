import type { FilterImplOptions, Liquid } from 'liquidjs';

type Handler = Extract<FilterImplOptions, (...args: never[]) => unknown>;
type Filter = ThisParameterType<Handler>;

const dateFilters = [
  'date',
  'date_to_xmlschema',
  'date_to_rfc822',
  'date_to_string',
  'date_to_long_string',
];

/**
 * Makes the filters of dates print a date without a time as it is. A date such as `2026-03-02`
 * names a day of the calendar and no moment, so no zone can move it.
 */
export function keepCalendarDates(liquid: Liquid): void {
  for (const name of dateFilters) {
    const handler = liquid.filters[name];
    if (typeof handler === 'function') liquid.registerFilter(name, keeping(name, handler));
  }
}

function keeping(name: string, handler: Handler): Handler {
  return function (value: unknown, ...given: unknown[]): unknown {
    if (!isCalendarDate(value)) return handler.call(this, value, ...given);
    const [format] = given;
    return handler.call(inUtc(this), value.trim(), ...(name === 'date' ? [format] : given));
  };
}

function isCalendarDate(value: unknown): value is string {
  return typeof value === 'string' && /^\s*\d{4}-\d{2}-\d{2}\s*$/.test(value);
}

/** The same filter in the zone that reads a date without a time. */
function inUtc(filter: Filter): Filter {
  const { context } = filter;
  const opts = { ...context.opts, timezoneOffset: 'UTC' };
  const inZone: unknown = Object.create(context, { opts: { value: opts } });
  return { ...filter, context: inZone as Filter['context'] };
}
