import { z } from 'zod';
import { text } from '../json/json.schema';

/** An ISO 8601 duration; `checkJourney` reads it and says what is wrong with it. */
export const duration = text(40).meta({
  description: 'ISO 8601 duration',
  examples: ['PT1H', 'P2D'],
});

const unstamped = 'is not ISO 8601 with offset, nor an epoch in seconds or milliseconds';

/** An instant as the clock of a client stamps it. */
export const stamp = z.union([z.iso.datetime({ offset: true, error: unstamped }), z.number()], {
  error: unstamped,
});

/** An instant in ISO 8601 with an offset. */
export const instant = z.iso.datetime({ offset: true, error: 'is not ISO 8601 with offset' });
