import { z } from 'zod';
import { keptNumber, listOf, optional, text, unsaid } from '../json/json.schema';
import { weekdays, type Hours } from './hours';

/** An ISO 8601 duration; `checkJourney` reads it and says what is wrong with it. */
export const duration = text(40).meta({
  description: 'ISO 8601 duration',
  examples: ['PT1H', 'P2D'],
});

const timeOfDay = (last: string) =>
  z.string().regex(new RegExp(`^(?:[01][0-9]|2[0-3]):[0-5][0-9]$${last}`), {
    error: 'is not a time of day such as 09:00',
  });

/** The fields of `Hours`. */
export const hoursFields = {
  from: timeOfDay('').meta({ examples: ['09:00'] }),
  to: timeOfDay('|^24:00$').meta({
    description: 'Where it is not later than `from`, it is of the next day',
    examples: ['21:00'],
  }),
  days: optional(
    listOf(z.enum(weekdays), weekdays.length).min(1).meta({
      description: 'The days on which the hours begin; default every day',
    }),
  ),
} as const;

/** A rule on the fields of `Hours`. From a time to the same time is no span. */
export const isSpan = ({ from, to }: Pick<Hours, 'from' | 'to'>) => from !== to;

/** The fault where `isSpan` does not hold. */
export const noSpan = {
  path: ['to'],
  error: 'is the same as `from`; for a whole day write 00:00 and 24:00',
  ...unsaid,
};

/** Hours of a day. */
export const hours = z.strictObject(hoursFields).refine(isSpan, noSpan) satisfies z.ZodType<Hours>;

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
