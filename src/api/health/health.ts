import { z } from 'zod';
import { openOperation } from '../http/operation';
import { json } from '../http/reply';

const upOrDown = z.enum(['up', 'down']);
const readiness = z.object({
  status: z.enum(['ready', 'not-ready', 'draining']),
  mongodb: upOrDown,
  temporal: upOrDown.meta({ description: 'Events are taken in without it, and delivered later' }),
});

export const livez = openOperation({
  summary: 'Whether the process lives',
  answers: { 200: { description: 'It does', schema: z.object({ status: z.literal('alive') }) } },
  handle: () => json(200, { status: 'alive' }),
});

export const readyz = openOperation({
  summary: 'Whether it can do its work',
  answers: {
    200: { description: 'MongoDB is up and prepared', schema: readiness },
    503: {
      description: 'MongoDB is down or not prepared yet, or the process is about to end',
      schema: readiness,
    },
  },
  handle: async (_call, { partsUp, isDraining }) => {
    const { mongodb, temporal } = await partsUp();
    const parts = { mongodb: upOrDownAs(mongodb), temporal: upOrDownAs(temporal) };
    if (isDraining()) return json(503, { status: 'draining', ...parts });
    return mongodb
      ? json(200, { status: 'ready', ...parts })
      : json(503, { status: 'not-ready', ...parts });
  },
});

function upOrDownAs(isUpNow: boolean): z.output<typeof upOrDown> {
  return isUpNow ? 'up' : 'down';
}
