import { NativeConnection, Runtime } from '@temporalio/worker';
import { collectDefaultMetrics, Registry } from 'prom-client';
import { loadConfig, type Config } from '../config';
import { createIntake } from '../intake/create-intake';
import { withSystem } from '../intake/dependencies';
import { virtualOf } from '../journeys/clock';
import { createLinks } from '../links/token';
import { createLogger, type Logger } from '../logger';
import { orderedDeath } from '../ordered-death';
import { createStore } from '../store/store';
import { linkTemporal } from '../temporal/connection';
import { createEnrollmentWorkflows } from '../temporal/create-enrollment-workflows';
import { connectionOptionsOf } from '../temporal/native-connection';
import { countRequests } from '../temporal/requests-counter';
import { createApp } from './app';
import { hashOf } from './authentication';
import { prepareStore } from './prepare-store';
import { serve } from './server';

const drainMs = 8_000;

/** Starts without waiting for MongoDB or Temporal: both are reached in the background. */
function compose({ temporal, ...config }: Config, logger: Logger) {
  const { apiKey, clock, dieAt, mongodbUri, publicUrl, secret } = config;
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const onTrouble = (err: unknown, about: string) => {
    logger.warn({ err }, `Trouble with ${about}; it is tried again`);
  };
  const store = createStore({ uri: mongodbUri });
  const preparation = prepareStore(store, onTrouble);
  const link = linkTemporal({
    connect: () => NativeConnection.connect(connectionOptionsOf(temporal)),
    namespace: temporal.namespace,
    onTrouble: (error) => {
      onTrouble(error, 'Temporal');
    },
  });
  const count = countRequests(registry);
  const workflows = createEnrollmentWorkflows({ client: link.client, count });
  const system = withSystem({
    store,
    workflows,
    clock,
    secret,
    onTrouble,
    ...(dieAt !== undefined && { passing: orderedDeath(dieAt) }),
  });
  const intake = createIntake(system);
  const app = createApp({
    store,
    intake,
    workflows: { ...workflows, namespace: temporal.namespace },
    links: createLinks({ secret, publicUrl }),
    logger,
    registry,
    ...(apiKey !== undefined && { adminKeyHash: hashOf(apiKey) }),
    newContactId: system.newContactId,
    clock: system.now,
    engineTimeOf: (realMs) => virtualOf(clock, realMs),
  });
  const close = async () => {
    await intake.drain();
    await preparation.stop();
    await Promise.all([link.close(), store.close()]);
  };
  return { app, close };
}

async function main(): Promise<void> {
  const config = loadConfig();
  const logger = createLogger({ level: config.logLevel, name: 'api' });
  Runtime.install({ shutdownSignals: [] });
  const { app, close } = compose(config, logger);
  const host = config.environment === 'production' ? '0.0.0.0' : '127.0.0.1';
  const server = await serve(app, { port: config.port, host });
  logger.info({ port: server.port }, 'The API listens');

  await new Promise<void>((resolve) => {
    process.once('SIGTERM', resolve).once('SIGINT', resolve);
  });
  await server.close(drainMs);
  await close();
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
