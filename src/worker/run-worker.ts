import type { PayloadCodec } from '@temporalio/common';
import type { Registry } from 'prom-client';
import {
  createActActivities,
  createLocalActivities,
  createSendActivities,
} from '../activities/create-activities';
import type { ActivityDependencies } from '../activities/dependencies';
import type { IntakeDependencies } from '../intake/dependencies';
import { runRedrive } from '../intake/settle/run-redrive';
import { runSweep } from '../intake/settle/sweep';
import type { Config } from '../process/config';
import type { Logger } from '../process/logger';
import { retry } from '../process/retry';
import { connectTemporal } from '../temporal/native-connection';
import { currentAttempt } from './attempt';
import { runResealing } from './reseal-keys';
import { createWorkers, type Workers } from './create-workers';
import { serveHealth } from '../process/serve-health';

type Parts = IntakeDependencies &
  Omit<ActivityDependencies, 'attempt'> &
  Readonly<{
    config: Pick<Config, 'environment' | 'metricsPort' | 'temporal' | 'workflowBundle'>;
    payloadCodecs: readonly PayloadCodec[];
    registry: Registry;
    logger: Pick<Logger, 'info' | 'warn'>;
    close(): Promise<void>;
  }>;

/**
 * Runs the workers, the re-drive, the sweep and the resealing until the signal. It lets the sends
 * under way finish, and rejects when a worker fails.
 */
export async function runWorker(parts: Parts, signal: AbortSignal): Promise<void> {
  const { config, store, registry } = parts;
  let workers: Workers | undefined;
  const isReady = () => workers?.isRunning() ?? false;
  const { metricsPort: port } = config;
  const host = config.environment === 'production' ? '0.0.0.0' : '127.0.0.1';
  const health =
    port === undefined ? undefined : await serveHealth({ port, host, registry, isReady });

  const until = <Result>(about: string, attempt: () => Promise<Result>) => {
    const onTrouble = (error: unknown) => {
      parts.onTrouble(error, about);
    };
    return retry({ attempt, onTrouble, signal });
  };
  await until('MongoDB', () => store.connect());
  const connection = await until('Temporal', () => connectTemporal(config.temporal));
  if (connection && !signal.aborted) {
    const dependencies = { ...parts, attempt: currentAttempt };
    workers = await createWorkers({
      connection,
      namespace: config.temporal.namespace,
      bundle: config.workflowBundle,
      payloadCodecs: parts.payloadCodecs,
      local: createLocalActivities(dependencies),
      acting: createActActivities(dependencies),
      sending: createSendActivities(dependencies),
      slots: sum(Object.values(parts.channels).map(({ provider }) => provider.slots)),
      onTrouble: (error) => {
        parts.onTrouble(error, 'the key of a payload');
      },
      onFailure: (failed) => {
        parts.logger.warn(failed, 'An activity failed; it is tried again');
      },
    });
    const redrive = runRedrive(parts);
    const sweep = runSweep(parts);
    const resealing = runResealing(parts);
    const rounds = [redrive, sweep, resealing];
    await workers.runUntil(signal).finally(() => Promise.all(rounds.map((each) => each.stop())));
  }
  health?.close();
  await connection?.close();
  await parts.close();
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
