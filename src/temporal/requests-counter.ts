import { Counter, type Registry } from 'prom-client';

export type Counted = 'start' | 'signal' | 'query' | 'remove' | 'describe';

/** Counts every call about an enrollment; an event nobody listens for adds nothing here. */
export function countRequests(registry: Registry): (method: Counted) => void {
  const counter = new Counter({
    name: 'itinera_temporal_requests_total',
    help: 'Calls to Temporal about enrollments, by method',
    labelNames: ['method'],
    registers: [registry],
  });
  return (method) => {
    counter.inc({ method });
  };
}
