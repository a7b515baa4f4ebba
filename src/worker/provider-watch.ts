import { Counter, Gauge, type Registry } from 'prom-client';
import type { ActivityDependencies } from '../activities/dependencies';
import type { Logger } from '../process/logger';

/** A trouble with a provider, in codes alone. */
type Met = Readonly<{ kind: string; status?: string | undefined }>;

/** The state of the way to a provider; `trouble` says what it is held by. */
type Road = Readonly<{ kind: 'open' } | { kind: 'held'; trouble: Met }>;

/** Makes the trouble with providers visible to operators, in metrics and in the log. */
export type ProviderWatch = Readonly<{
  /** A message met trouble. */
  onProviderTrouble: ActivityDependencies['onProviderTrouble'];
  /** No message at all can be handed over, or they can again. */
  onRoad(provider: string, road: Road): void;
}>;

/** Nothing but a person ends these. */
const alarming: readonly string[] = ['unauthorized', 'blocked'];

/** Counts troubles by kind and shows which providers are held. Codes alone are logged. */
export function watchProviders(
  registry: Registry,
  logger: Pick<Logger, 'info' | 'warn' | 'error'>,
): ProviderWatch {
  const troubles = new Counter({
    name: 'itinera_provider_troubles_total',
    help: 'Attempts at a provider without a final answer, by channel and kind',
    labelNames: ['channel', 'kind'],
    registers: [registry],
  });
  const held = new Gauge({
    name: 'itinera_provider_held',
    help: '1 while no message can be handed over to the provider',
    labelNames: ['provider'],
    registers: [registry],
  });
  return {
    onProviderTrouble: ({ channel, kind, status, message }) => {
      troubles.inc({ channel, kind });
      const level = kind === 'blocked' ? 'error' : 'info';
      logger[level]({ channel, kind, status, message }, 'A message was put off');
    },
    onRoad: (provider, road) => {
      held.set({ provider }, road.kind === 'held' ? 1 : 0);
      if (road.kind === 'open') logger.info({ provider }, 'The provider takes messages again');
      else {
        const { kind, status } = road.trouble;
        const level = alarming.includes(kind) ? 'error' : 'warn';
        logger[level]({ provider, kind, status }, 'The provider takes no messages; they wait');
      }
    },
  };
}
