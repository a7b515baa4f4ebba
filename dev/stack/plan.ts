import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DevConfig } from '../../src/process/config';
import type { VirtualClock } from '../../src/core/time/clock';
import type { ApiAddress } from '../api-client';
import { buildWorkflowBundle } from '../workflow-bundle';
import { mailboxPart } from './parts/mailbox-part';
import { nodePart } from './parts/node-part';
import type { Part } from './parts/part';
import { freePort, settlePorts, type Ports, type PortWishes } from './processes/ports';
import { answersHttp } from './processes/probes';
import { settleClock } from './stack-clock';
import type { Addresses } from './stack-file';
import { settleSecret } from './stack-secret';
import { storePart } from './parts/store-part';
import type { Preparation, StackPlan } from './supervise';
import { temporalParts } from './parts/temporal-parts';

export type StackWishes = Readonly<{
  stateDir: string;
  config: DevConfig;
  port?: number;
  ports?: PortWishes['from'];
  timeScale?: number;
  virtualOrigin?: number;
  /**
   * Done once for a folder, by an api that nobody else knows, before the api of the stack is there.
   * It is done again at the next start if it fails.
   */
  prepare?: (address: ApiAddress) => Promise<void>;
  log: (line: string) => void;
}>;

/**
 * What a development stack consists of, given what is set in the environment and what this machine
 * has.
 */
export async function planStack(wishes: StackWishes): Promise<StackPlan> {
  const { stateDir, config, log } = wishes;
  const ports = await settlePorts({
    stateDir,
    api: wishes.port ?? config.port,
    from: wishes.ports ?? 'usual',
  });
  const [temporal, store, bundle] = await Promise.all([
    temporalParts({ config, stateDir, ports, log }),
    storePart({ config, stateDir, port: ports.mongodb }),
    config.workflowBundle ?? buildWorkflowBundle(config.cacheDir),
  ]);
  // Only now: a fetch may take long, and the parts should come up near the virtual origin.
  const clock = settleClock({
    stateDir,
    timeScale: wishes.timeScale ?? config.timeScale,
    virtualOrigin: wishes.virtualOrigin,
    now: Date.now(),
  });
  const addresses = addressesOf(config, ports);
  const apiKey = config.apiKey ?? 'dev';
  const env = {
    ...config.inherited,
    ...environmentOf({ addresses, config, stateDir, clock }),
    ITINERA_API_KEY: apiKey,
    ITINERA_WORKFLOW_BUNDLE: bundle,
  };
  const base = [...temporal, store, mailboxPart({ config, stateDir, ports })];
  return {
    facts: { ...addresses, apiKey, clock },
    tiers: [
      base.filter((part) => part !== undefined),
      [workerPart(env, ports), apiPart(env, ports)],
    ],
    preparation: await preparationOf(wishes, { env, ports, apiKey }),
  };
}

type Means = Readonly<{ env: Part['env']; ports: Ports; apiKey: string }>;

async function preparationOf(
  { stateDir, prepare }: StackWishes,
  { env, ports, apiKey }: Means,
): Promise<Preparation | undefined> {
  const marker = join(stateDir, 'prepared');
  if (!prepare || existsSync(marker)) return undefined;
  const port = await freePort(undefined, new Set(Object.values(ports)));
  return {
    part: { ...apiPart(env, { ...ports, api: port }), name: 'preparation' },
    work: async () => {
      await prepare({ api: `http://127.0.0.1:${port}`, apiKey });
      writeFileSync(marker, '');
    },
  };
}

/** The mailbox speaks as the providers do, and takes every account. */
function addressesOf(config: DevConfig, ports: Ports): Addresses {
  const gateway = `127.0.0.1:${ports.gateway}`;
  return {
    api: `http://127.0.0.1:${ports.api}`,
    apiMetrics: `http://127.0.0.1:${ports.apiMetrics}/metrics`,
    temporal: config.temporalAddress ?? `127.0.0.1:${ports.temporal}`,
    temporalUi: config.temporalAddress ? null : `http://127.0.0.1:${ports.temporalUi}`,
    mailbox: config.emailUrl ? null : `http://127.0.0.1:${ports.mailbox}`,
    email: config.emailUrl ?? `smtp://127.0.0.1:${ports.smtp}`,
    sms: config.smsUrl ?? `twilio://development:development@${gateway}?from=%2B15005550006`,
    whatsapp: config.whatsappUrl ?? `whatsapp://1:development@${gateway}?preview=true`,
    mongodb: config.mongodbUri ?? `mongodb://127.0.0.1:${ports.mongodb}/itinera`,
  };
}

type Shared = Readonly<{
  addresses: Addresses;
  config: DevConfig;
  stateDir: string;
  clock: VirtualClock;
}>;

/** Api and worker take everything from the environment; config.ts says what each variable means. */
function environmentOf({ addresses, config, stateDir, clock }: Shared): Part['env'] {
  const isReal = clock.scale === 1 && clock.realOrigin === clock.virtualOrigin;
  return {
    MONGODB_URI: addresses.mongodb,
    TEMPORAL_ADDRESS: addresses.temporal,
    TEMPORAL_NAMESPACE: config.temporalNamespace,
    EMAIL_URL: addresses.email,
    SMTP_URL: undefined,
    SMS_URL: addresses.sms,
    WHATSAPP_URL: addresses.whatsapp,
    ITINERA_PUBLIC_URL: config.publicUrl ?? addresses.api,
    ITINERA_SECRET: config.secret ?? settleSecret(stateDir),
    ITINERA_CLOCK: isReal ? undefined : JSON.stringify(clock),
  };
}

function workerPart(env: Part['env'], { workerMetrics }: Ports): Part {
  return nodePart({
    name: 'worker',
    main: 'src/worker',
    env: { ...env, METRICS_PORT: String(workerMetrics) },
    isReady: () => answersHttp(`http://127.0.0.1:${workerMetrics}/readyz`),
  });
}

function apiPart(env: Part['env'], { api, apiMetrics }: Ports): Part {
  return nodePart({
    name: 'api',
    main: 'src/api',
    env: { ...env, PORT: String(api), METRICS_PORT: String(apiMetrics) },
    isReady: () => answersHttp(`http://127.0.0.1:${api}/readyz`),
  });
}
