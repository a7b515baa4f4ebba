import { randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { PayloadCodec } from '@temporalio/common';
import { Registry } from 'prom-client';
import { actionChecks } from './activities/act/actions/actions';
import { liveSwitches, type ActivityDependencies } from './activities/dependencies';
import type { PayloadView } from './api/codec/codec-app';
import type { ServedDependencies } from './api/dependencies';
import { hashOf } from './api/http/access/authentication';
import { createCallers } from './api/http/access/callers';
import { closeChannels, connectChannels, createProviders } from './channels/connect-channels';
import { createReportReaders } from './channels/report-readers';
import type { RendererOf } from './channels/templates/renderer';
import { createRendering } from './channels/rendering/create-rendering';
import { contactId } from './core/ids';
import { createIntake } from './intake/create-intake';
import { liveJourneys, type IntakeDependencies } from './intake/dependencies';
import { createLinks, type Links } from './links/token';
import { base32 } from './process/base32';
import { createClock, createReceipts } from './process/clock';
import type { Config } from './process/config';
import { createTxtLookup } from './process/dns/txt-lookup';
import { killAtFailpoint } from './process/failpoints/failpoint-orders';
import { createLogger } from './process/logger';
import { deriveKey } from './process/secrets/derive';
import { decrypt, encrypt } from './process/secrets/encryption';
import { createKeyRing } from './process/secrets/key-ring';
import { createSealing } from './process/secrets/sealing';
import type { Sealing } from './store/secrets/sealing';
import { createStore, type Store } from './store/store';
import { linkTemporal } from './temporal/connection';
import { createEnrollmentWorkflows } from './temporal/create-enrollment-workflows';
import type { EnrollmentWorkflows } from './temporal/enrollment-workflows';
import { createPayloadCodec } from './temporal/payloads/payload-codec';
import { viewPayloads } from './temporal/payloads/payload-view';
import { keysOfContacts } from './temporal/payloads/contact-keys';
import { countRequests } from './temporal/requests-counter';
import { watchProviders } from './worker/provider-watch';

/**
 * Everything a process works with, in one record that each part takes its dependencies from. The
 * API adds its admission, and the worker the attempt under way.
 */
export type Context = IntakeDependencies &
  Omit<ActivityDependencies, 'attempt'> &
  ServedDependencies &
  Readonly<{
    config: Config;
    /** Encode what Temporal keeps; none leaves it in plain text. */
    payloadCodecs: readonly PayloadCodec[];
    payloadView: PayloadView;
    rendererOf: RendererOf;
    /** Closes the connections to Temporal, the providers and the store, and ends the renderers. */
    close(): Promise<void>;
  }>;

/** Takes the place of what would be built, also for everything that rests on it. */
export type Overrides = Partial<
  Omit<Context, 'config' | 'workflows'> & Readonly<{ workflows: EnrollmentWorkflows }>
>;

/**
 * Builds what a process works with, and waits for nothing. The store connects when it is asked to,
 * Temporal in the background. With workflows given, Temporal is not reached at all.
 */
export function createContext(config: Config, overrides: Overrides = {}): Context {
  const system = { ...systemOf(config, overrides), ...overrides };
  const receivedNow = createReceipts(system.clock);
  const { mongodbUri: uri, eventRetentionDays } = config;
  const { store = createStore({ uri, eventRetentionDays, ...secretsOf(config) }) } = overrides;
  const watch = { realNow: system.clock.realNow, onRoad: system.onRoad };
  const rendering = createRendering();
  const { rendererOf = rendering.rendererOf } = overrides;
  const {
    channels = connectChannels(createProviders(config.providerUrls), { rendererOf, watch }),
  } = overrides;
  const payloadCodecs = payloadCodecsOf(config, store, keyAgeMs);
  const temporal = overrides.workflows
    ? given(overrides.workflows)
    : reachTemporal(config, { ...system, payloadCodecs });
  const { namespace } = config.temporal;
  const workflows = { ...temporal.workflows, namespace };
  const accepting = { live: liveJourneys(store), receivedNow, ...system, store, workflows };
  return {
    callers: createCallers(store),
    intake: createIntake(accepting),
    close: async () => {
      await temporal.close();
      closeChannels(channels);
      await rendering.close();
      await store.close();
    },
    ...accepting,
    payloadCodecs,
    payloadView: viewPayloads(payloadCodecsOf(config, store, viewedKeyAgeMs)),
    channels,
    reports: overrides.reports ?? createReportReaders(config.providerUrls, config.webhookSecrets),
    switches: overrides.switches ?? liveSwitches(store),
    rendererOf,
    config,
  };
}

/** A worker reads a key once a minute. People see an erasure at once. */
const keyAgeMs = 60_000;
const viewedKeyAgeMs = 500;

/** Needs nothing from outside the process. */
function systemOf(config: Config, overrides: Overrides) {
  const { apiKey, failpointFile, publicUrl, secrets } = config;
  const { logger = createLogger({ level: config.logLevel, name: 'itinera' }) } = overrides;
  const { registry = new Registry() } = overrides;
  return {
    tagKey: deriveKey(secrets[0], 'tags').bytes,
    logger,
    links: linksOf(secrets, publicUrl),
    trustedDomains: config.trustedDomains,
    lookUpTxt: createTxtLookup(config.dnsServer),
    actions: actionChecks,
    clock: createClock(config.clock),
    registry,
    ...watchProviders(registry, logger),
    failpoint: failpointFile === undefined ? () => undefined : killAtFailpoint(failpointFile),
    onTrouble: (err: unknown, about: string) => {
      logger.warn({ err }, `Trouble with ${about}; it is tried again`);
    },
    ...(apiKey !== undefined && { adminKeyHash: hashOf(apiKey) }),
    newContactId: () => contactId(`c${base32(randomBytes(10), 16)}`),
    newEventId: randomUUID,
    randomBytes,
    random: Math.random,
    pause: (ms: number) => pause(ms),
  };
}

function linksOf(secrets: Config['secrets'], publicUrl: string): Links {
  const [newest, ...older] = secrets;
  const keyOf = (secret: string) => deriveKey(secret, 'links');
  return createLinks({ keys: [keyOf(newest), ...older.map(keyOf)], unnamed: secrets, publicUrl });
}

/** With a ring, what is personal in the store is encrypted. */
function secretsOf(config: Config) {
  const encryption = config.keyRing.length > 0 && { encryption: { encrypt, decrypt } };
  return { sealing: sealingOf(config), ...encryption };
}

/** Without a ring a secret seals. With one it opens what it has sealed before. */
function sealingOf({ keyRing, secrets: [newest, ...older] }: Config): Sealing {
  const derived = [newest, ...older].map((secret) => deriveKey(secret, 'sealing'));
  const [first = deriveKey(newest, 'sealing'), ...rest] = [...keyRing, ...derived];
  return createSealing(createKeyRing([first, ...rest]));
}

function payloadCodecsOf(
  { keyRing: [newest, ...older] }: Config,
  { dataKeys: stored }: Pick<Store, 'dataKeys'>,
  maxAgeMs: number,
): readonly PayloadCodec[] {
  if (!newest) return [];
  const ring = createKeyRing([newest, ...older]);
  return [createPayloadCodec(keysOfContacts({ ring, stored, maxAgeMs }))];
}

type Temporal = Readonly<{ workflows: EnrollmentWorkflows; close(): Promise<void> }>;

function given(workflows: EnrollmentWorkflows): Temporal {
  return { workflows, close: () => Promise.resolve() };
}

function reachTemporal(
  { temporal }: Config,
  { registry, onTrouble, payloadCodecs }: Pick<Context, 'registry' | 'onTrouble' | 'payloadCodecs'>,
): Temporal {
  const link = linkTemporal({
    ...temporal,
    payloadCodecs,
    onTrouble: (error) => {
      onTrouble(error, 'Temporal');
    },
  });
  const count = countRequests(registry);
  const workflows = createEnrollmentWorkflows({ client: link.client, count });
  return { workflows, close: link.close };
}
