import { z } from 'zod';
import { keptNumber, text } from '../json/json.schema';

/** An ISO 8601 duration; `checkJourney` reads it and says what is wrong with it. */
export const duration = text(40).meta({
  description: 'ISO 8601 duration',
  examples: ['PT1H', 'P2D'],
});

const unstamped = 'is not ISO 8601 with offset, nor an epoch in seconds or milliseconds';

const pattern = z.regexes
  .datetime({ offset: true })
  .source.replace('^', '^(?!0000|9999-12-31)')
  .replaceAll(String.raw`\d`, '[0-9]');

const written = (error: string) =>
  z.iso
    .datetime({ offset: true, error })
    .refine(isInYears, { error: 'is not of the years 0001 to 9999' })
    .meta({ pattern });

/** An instant as the clock of a client stamps it. */
export const stamp = z.union([written(unstamped), z.number().meta(keptNumber)], {
  error: unstamped,
});

/** An instant in ISO 8601 with an offset. */
export const instant = written('is not ISO 8601 with offset; write it like 2030-01-31T09:00:00Z');

/** In UTC, as instants are shown. */
function isInYears(text: string): boolean {
  const ms = Date.parse(text);
  return ms >= Date.parse('0001-01-01') && ms < Date.parse('9999-12-31');
}
