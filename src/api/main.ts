import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { NativeConnection, Runtime } from '@temporalio/worker';
import { collectDefaultMetrics, Registry } from 'prom-client';
import { loadConfig, type Config } from '../process/config';
import { createIntake } from '../intake/create-intake';
import { withSystem } from '../intake/dependencies';
import { createLinks } from '../links/token';
import { createClock } from '../process/clock';
import { createLogger, type Logger } from '../process/logger';
import { killAtFailpoint } from '../process/failpoint-orders';
import { createStore } from '../store/store';
import { linkTemporal } from '../temporal/connection';
import { createEnrollmentWorkflows } from '../temporal/create-enrollment-workflows';
import { connectionOptionsOf } from '../temporal/native-connection';
import { countRequests } from '../temporal/requests-counter';
import { startAdmission } from './http/admission/start-admission';
import { createApp } from './app';
import { hashOf } from './http/access/authentication';
import { createCallers } from './http/access/callers';
import { countReceipts } from './events/count-receipts';
import { prepareStore } from './prepare-store';
import { serve } from './http/server';

/** How long /readyz says that the process is about to end before it takes no more connections. */
const noticeMs = 500;
const lastAnswersMs = 6_000;
const longestDrainMs = 9_500;

/** Starts without waiting for MongoDB or Temporal: both are reached in the background. */
function compose(config: Config, logger: Logger, isDraining: () => boolean) {
  const { apiKey, failpointFile: failpointFile, publicUrl, secret, temporal } = config;
  const clock = createClock(config.clock);
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const onTrouble = (err: unknown, about: string) => {
    logger.warn({ err }, `Trouble with ${about}; it is tried again`);
  };
  const { mongodbUri: uri, eventRetentionDays } = config;
  const store = createStore({ uri, eventRetentionDays });
  const preparation = prepareStore(store, onTrouble);
  const { link, workflows } = reachTemporal({ temporal, registry, onTrouble });
  const passing = failpointFile === undefined ? {} : { passing: killAtFailpoint(failpointFile) };
  const system = withSystem({ store, workflows, clock, secret, onTrouble, ...passing });
  const intake = createIntake(system);
  const { admission, stop } = startAdmission({
    limits: config.admission,
    store,
    isTemporalReachable: workflows.isReachable,
    clock,
    registry,
    onTrouble,
  });
  const app = createApp({
    store,
    intake: countReceipts(intake, registry),
    workflows: { ...workflows, namespace: temporal.namespace },
    links: createLinks({ secret, publicUrl }),
    logger,
    registry,
    ...(apiKey !== undefined && { adminKeyHash: hashOf(apiKey) }),
    callers: createCallers(store, clock.realNow),
    newContactId: system.newContactId,
    admission,
    isDraining,
    randomBytes,
    random: Math.random,
    clock,
  });
  const close = async () => {
    await intake.drain();
    await Promise.all([preparation.stop(), stop()]);
    await Promise.all([link.close(), store.close()]);
  };
  return { app, close };
}

type Reaching = Readonly<{
  temporal: Config['temporal'];
  registry: Registry;
  onTrouble: (error: unknown, about: string) => void;
}>;

function reachTemporal({ temporal, registry, onTrouble }: Reaching) {
  const link = linkTemporal({
    connect: () => NativeConnection.connect(connectionOptionsOf(temporal)),
    namespace: temporal.namespace,
    onTrouble: (error) => {
      onTrouble(error, 'Temporal');
    },
  });
  const count = countRequests(registry);
  return { link, workflows: createEnrollmentWorkflows({ client: link.client, count }) };
}

async function main(): Promise<void> {
  const config = loadConfig();
  const logger = createLogger({ level: config.logLevel, name: 'api' });
  Runtime.install({ shutdownSignals: [] });
  let isDraining = false;
  const { app, close } = compose(config, logger, () => isDraining);
  const host = config.environment === 'production' ? '0.0.0.0' : '127.0.0.1';
  const server = await serve(app, { port: config.port, host });
  logger.info({ port: server.port }, 'The API listens');

  await new Promise<void>((resolve) => {
    process.once('SIGTERM', resolve).once('SIGINT', resolve);
  });
  isDraining = true;
  setTimeout(() => {
    logger.warn('The drain took too long; the re-drive takes over what was not delivered');
    process.exit(1);
  }, longestDrainMs).unref();
  await pause(noticeMs);
  await server.close(lastAnswersMs);
  await close();
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
