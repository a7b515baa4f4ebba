import { z } from 'zod';
import { channels, purposes } from '../channels';
import { listOf, optional, unsaid } from '../json/json.schema';
import { boundsOf, isDuration } from '../time/duration';
import { duration, hoursFields, isSpan, noSpan } from '../time/time.schema';
import type { Cap, QuietHours } from './rules';

const scope = (usual: string) => ({
  channels: optional(
    listOf(z.enum(channels), channels.length).min(1).meta({ description: 'Default: all' }),
  ),
  purposes: optional(
    listOf(z.enum(purposes), purposes.length)
      .min(1)
      .meta({ description: `Default: ${usual}` }),
  ),
});

const mostRules = 20;
const longestMs = 92 * 86_400_000;

/** Hours in which a workspace writes to nobody. */
export const quietHours = listOf(
  z.strictObject({ ...hoursFields, ...scope('marketing and service') }).refine(isSpan, noSpan),
  mostRules,
) satisfies z.ZodType<readonly QuietHours[]>;

const within = duration
  .refine((text) => !isDuration(text) || /^(?:PT|P[0-9]+[DW]$)/.test(text), {
    error: 'is neither exact, such as PT24H, nor days or weeks, such as P1D',
    ...unsaid,
  })
  .refine((text) => isDuration(text) && isBetween(text), {
    error: 'is no ISO 8601 duration of at most 92 days and more than nothing',
    ...unsaid,
  })
  .meta({
    description:
      "Exact: a rolling window. Days or weeks: days of the contact's calendar, today among them",
    examples: ['PT24H', 'P7D'],
  });

/** The most messages that a workspace sends a person in a time. */
export const caps = listOf(
  z.strictObject({ most: z.int().min(1).max(1_000), within, ...scope('marketing') }),
  mostRules,
) satisfies z.ZodType<readonly Cap[]>;

function isBetween(text: string): boolean {
  const { shortest, longest } = boundsOf(text);
  return shortest > 0 && longest <= longestMs + 3_600_000;
}
