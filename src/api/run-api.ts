import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { collectDefaultMetrics } from 'prom-client';
import type { Config } from '../process/config';
import type { Logger } from '../process/logger';
import { serveHealth } from '../process/serve-health';
import { createApp } from './app';
import { createCodecApp, type PayloadView } from './codec/codec-app';
import type { ServedDependencies } from './dependencies';
import { countReceipts } from './events/count-receipts';
import { createPartsUp } from './health/parts-up';
import { startAdmission } from './http/admission/start-admission';
import { serve } from './http/server';
import { prepareStore } from './prepare-store';
import { openApiDocument } from './routes';

/**
 * /readyz announces the end of the process for this time, in real milliseconds. The process takes
 * calls until then.
 */
const noticeMs = 500;
const lastAnswersMs = 6_000;
const longestDrainMs = 9_500;

/** With it an answer comes within two seconds, whatever the store does. */
const stallTimeoutMs = 1_500;

type Parts = ServedDependencies &
  Readonly<{
    config: Pick<Config, 'admission' | 'codec' | 'environment' | 'metricsPort' | 'port'>;
    payloadView: PayloadView;
    onTrouble(error: unknown, about: string): void;
    close(): Promise<void>;
  }>;

/**
 * Serves the API until the signal, then answers what is under way. MongoDB and Temporal may come
 * later.
 */
export async function runApi(parts: Parts, signal: AbortSignal): Promise<void> {
  const { config, intake, logger } = parts;
  const { app, stop } = compose(parts, signal);
  openApiDocument();
  const host = config.environment === 'production' ? '0.0.0.0' : '127.0.0.1';
  const health = await serveOperators(parts, host);
  const codec = await serveCodec(parts, host);
  const server = await serve(app, { port: config.port, host });
  logger.info({ port: server.port }, 'The API listens');

  if (!signal.aborted) await once(signal, 'abort');
  exitWhenLate(logger);
  await pause(noticeMs);
  await server.close(lastAnswersMs);
  await intake.drain();
  await stop();
  await codec?.close(0);
  health?.close();
  await parts.close();
}

/** Metrics tell of every customer, so that their port is not the public one. */
async function serveOperators(parts: Parts, host: string) {
  const { metricsPort: port } = parts.config;
  if (port === undefined) return undefined;
  const partsUp = createPartsUp(parts);
  const isReady = async () => (await partsUp()).mongodb;
  return serveHealth({ port, host, registry: parts.registry, isReady });
}

/** Histories concern operators alone, so that their port is not the public one. */
async function serveCodec({ config, payloadView: view, logger }: Parts, host: string) {
  const { codec } = config;
  if (!codec) return undefined;
  return serve(createCodecApp({ view, codec, logger }), { port: codec.port, host });
}

function compose(parts: Parts, signal: AbortSignal) {
  const { config, clock, store, workflows, registry, onTrouble } = parts;
  collectDefaultMetrics({ register: registry });
  const preparation = prepareStore(store, onTrouble);
  const { admission, stop } = startAdmission({
    limits: config.admission,
    after: preparation.done,
    store,
    isTemporalReachable: workflows.isReachable,
    clock,
    registry,
    onTrouble,
  });
  const app = createApp({
    ...parts,
    intake: countReceipts(parts.intake, registry),
    admission,
    stallTimeoutMs,
    isDraining: () => signal.aborted,
  });
  return { app, stop: () => Promise.all([preparation.stop(), stop()]) };
}

function exitWhenLate(logger: Logger): void {
  setTimeout(() => {
    logger.warn('The drain took too long; the re-drive takes over what was not delivered');
    process.exit(1);
  }, longestDrainMs).unref();
}
