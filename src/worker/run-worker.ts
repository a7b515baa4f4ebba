import { NativeConnection } from '@temporalio/worker';
import { Registry } from 'prom-client';
import { createLocalActivities, createSendActivities } from '../activities/create-activities';
import { createSmtp } from '../channels/email/smtp';
import type { Config } from '../process/config';
import { killAtFailpoint } from '../process/failpoint-orders';
import { withSystem } from '../intake/dependencies';
import { runRedrive } from '../intake/settle/run-redrive';
import { createLinks } from '../links/token';
import { createClock } from '../process/clock';
import type { Logger } from '../process/logger';
import { createStore } from '../store/store';
import { linkTemporal } from '../temporal/connection';
import { createEnrollmentWorkflows } from '../temporal/create-enrollment-workflows';
import { connectionOptionsOf } from '../temporal/native-connection';
import { countRequests } from '../temporal/requests-counter';
import { activityDependencies } from './activity-dependencies';
import { createWorkers, type Workers } from './create-workers';
import { serveHealth } from './serve-health';
import { untilDone } from './until-done';

type Surroundings = Readonly<{ config: Config; log: Logger; signal: AbortSignal }>;

/** Runs the workers and the re-drive until the signal, then lets the sends under way finish. Rejects when a worker fails. */
export async function runWorker({ config, log, signal }: Surroundings): Promise<void> {
  const { secret, metricsPort, failpointFile } = config;
  const onTrouble = (error: unknown, about?: string) => {
    log.warn({ err: error, about }, 'trouble; tried again');
  };
  const connect = () => NativeConnection.connect(connectionOptionsOf(config.temporal));
  const clock = createClock(config.clock);
  const registry = new Registry();
  const count = countRequests(registry);
  const store = createStore({ uri: config.mongodbUri });
  const email = createSmtp({ url: config.smtpUrl });
  const host = config.environment === 'production' ? '0.0.0.0' : '127.0.0.1';
  let workers: Workers | undefined;
  const isReady = () => workers?.isRunning() ?? false;
  const health =
    metricsPort === undefined
      ? undefined
      : await serveHealth({ port: metricsPort, host, registry, isReady });

  await untilDone({ attempt: () => store.connect(), onTrouble, signal });
  const connection = await untilDone({ attempt: connect, onTrouble, signal });
  const temporal = linkTemporal({ connect, namespace: config.temporal.namespace, onTrouble });
  if (connection && !signal.aborted) {
    const passing = failpointFile === undefined ? {} : { passing: killAtFailpoint(failpointFile) };
    const given = activityDependencies({
      store,
      email,
      links: createLinks(config),
      clock,
      ...passing,
    });
    workers = await createWorkers({
      connection,
      namespace: config.temporal.namespace,
      bundle: config.workflowBundle,
      local: createLocalActivities(given),
      sending: createSendActivities(given),
    });
    const workflows = createEnrollmentWorkflows({ client: () => temporal.client(), count });
    const redrive = runRedrive(
      withSystem({ store, workflows, clock, secret, onTrouble, ...passing }),
    );
    await workers.runUntil(signal).finally(() => redrive.stop());
  }
  health?.close();
  await temporal.close();
  await connection?.close();
  email.close();
  await store.close();
}
