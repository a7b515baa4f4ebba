import { z } from 'zod';
import { openOperation } from './operation';
import { isPrepared } from './prepare-store';
import { json, text } from './reply';

const upOrDown = z.enum(['up', 'down']);
const readiness = z.object({
  status: z.enum(['ready', 'not-ready']),
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
    503: { description: 'MongoDB is down, or not prepared yet', schema: readiness },
  },
  handle: async (_call, { store, workflows }) => {
    const [mongodb, temporal] = await Promise.all([
      isUp(reached(isPrepared(store))),
      isUp(reached(workflows.isReachable())),
    ]);
    return mongodb
      ? json(200, { status: 'ready', mongodb: 'up', temporal: temporal ? 'up' : 'down' })
      : json(503, { status: 'not-ready', mongodb: 'down', temporal: temporal ? 'up' : 'down' });
  },
});

export const metrics = openOperation({
  summary: 'Prometheus metrics',
  answers: { 200: { description: 'Text format', schema: z.string(), type: 'text/plain' } },
  handle: async (_call, { registry }) => text(200, registry.contentType, await registry.metrics()),
});

async function isUp(probe: Promise<unknown>): Promise<boolean> {
  return probe.then(
    () => true,
    () => false,
  );
}

async function reached(answer: Promise<boolean>): Promise<void> {
  if (!(await answer)) throw new Error('It is out of reach');
}
