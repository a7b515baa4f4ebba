import { Counter, Gauge, type Registry } from 'prom-client';
import type { Admission, Shed } from './admission';
import type { BacklogSample } from './watch-backlog';

/** Counts the requests that were turned away, by why. */
export function countShed(registry: Registry): (because: Shed) => void {
  const counter = new Counter({
    name: 'itinera_http_requests_shed_total',
    help: 'Requests turned away before anything was done for them',
    labelNames: ['because'],
    registers: [registry],
  });
  return (because) => {
    counter.inc({ because });
  };
}

type Load = Readonly<{ backlog: () => BacklogSample }> &
  Pick<Admission, 'inFlight' | 'concurrency'>;

/**
 * Shows what admission goes by. The backlog is that of every workspace and process, as it was
 * measured last.
 */
export function showLoad(registry: Registry, { backlog, inFlight, concurrency }: Load): void {
  const show = (name: string, help: string, value: () => number) => {
    new Gauge({
      name,
      help,
      registers: [registry],
      collect() {
        this.set(value());
      },
    });
  };
  show('itinera_http_requests_in_flight', 'Requests under way in this process', inFlight);
  show('itinera_http_concurrency_limit', 'How many requests may be under way now', concurrency);
  show('itinera_events_pending', 'Events not yet delivered', () => backlog().pending);
  show(
    'itinera_events_pending_age_seconds',
    'Real age of the oldest event not yet delivered',
    () => backlog().ageMs / 1_000,
  );
  show('itinera_events_dead', 'Events set aside', () => backlog().dead);
}
