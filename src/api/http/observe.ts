import type { RequestHandler, Response } from 'express';
import { Histogram } from 'prom-client';
import type { ApiDependencies } from '../dependencies';
import { routeNotedIn } from './audit';
import { requestIdOf } from './request-id';

const bucketsS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** Counts, times and logs every answer under the route's pattern. A path itself may be personal. */
export function observe({
  logger,
  registry,
}: Pick<ApiDependencies, 'logger' | 'registry'>): RequestHandler {
  const seconds = new Histogram({
    name: 'itinera_http_request_duration_seconds',
    help: 'Time to answer an HTTP request',
    labelNames: ['method', 'route', 'status'],
    buckets: bucketsS,
    registers: [registry],
  });
  return (request, response, next) => {
    const stop = seconds.startTimer();
    response.once('finish', () => {
      const labels = {
        method: request.method,
        route: routeOf(response),
        status: response.statusCode,
      };
      const took = stop(labels);
      logger.debug({ ...labels, took, requestId: requestIdOf(response) }, 'answered');
    });
    next();
  };
}

function routeOf(response: Response): string {
  return routeNotedIn(response)?.path ?? 'none';
}
