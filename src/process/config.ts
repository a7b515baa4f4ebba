import { providerUrlsOf, webhookSecretsOf, type WebhookSecrets } from './provider-urls';
import { realTime, type VirtualClock } from '../core/time/clock';
import type { TrustedDomains } from '../core/messages/sender';
import type { ChannelName } from '../core/channels';
import { withFiles } from './secrets/secret-files';
import type { NamedKey } from './secrets/key-ring';
import { temporalTlsOf, type TemporalTls } from './secrets/temporal-tls';
import { isThisMachine } from '../core/this-machine';
import {
  invalid,
  parseVariables,
  remedies,
  type Environment,
  type LogLevel,
  type Variables,
} from './environment';

/**
 * Everything the processes take from outside. `clock` is real time unless a development stack set
 * one.
 */
export type Config = Readonly<{
  environment: 'production' | 'development';
  port: number;
  mongodbUri: string;
  /** Days that a settled event is kept. */
  eventRetentionDays: number;
  temporal: Readonly<{
    address: string;
    namespace: string;
    apiKey: string | undefined;
    tls: TemporalTls | undefined;
  }>;
  /** The address of each channel's provider. */
  providerUrls: Readonly<Record<ChannelName, string>>;
  /** By these a provider vouches for its reports; two while one replaces the other. */
  webhookSecrets: WebhookSecrets;
  /** The bootstrap admin key of the workspace `default`. */
  apiKey: string | undefined;
  /** Without a trailing slash; the base of every link that leaves in a message. */
  publicUrl: string;
  /** The newest first. It signs and tags; links that an older one signed are valid too. */
  secrets: readonly [string, ...string[]];
  /** The keys of what Temporal keeps, the newest first; none leaves it in plain text. */
  keyRing: readonly NamedKey[];
  /** The codec server for the pages of `origin`, Temporal's UI; absent: none. */
  codec: Readonly<{ port: number; key: string; origin: string }> | undefined;
  logLevel: LogLevel;
  /** The port of /livez, /readyz and /metrics for the operators of a process; absent: none. */
  metricsPort: number | undefined;
  /** A prebuilt workflow bundle; absent: the worker bundles at start. */
  workflowBundle: string | undefined;
  clock: VirtualClock;
  /** The domains that every workspace may send from. */
  trustedDomains: TrustedDomains;
  /** Asked for the records that confirm other domains; absent: those of the system. */
  dnsServer: string | undefined;
  /** The backlog that closes the door to events, and the requests a key has. */
  admission: Readonly<{
    backlog: Readonly<{ maxAgeMs: number; maxEvents: number }>;
    /** Requests and items of an API key, and of all the keys of a workspace. */
    perSecond: Readonly<{ key: number; workspace: number }>;
  }>;
  /** Failure tests only: the file that orders a crash at a failpoint. */
  failpointFile: string | undefined;
}>;

/** The values given to `npm run dev`, without defaults. */
export type DevConfig = Readonly<{
  port: number | undefined;
  mongodbUri: string | undefined;
  temporalAddress: string | undefined;
  temporalNamespace: string;
  temporalApiKey: string | undefined;
  temporalTls: TemporalTls | undefined;
  emailUrl: string | undefined;
  smsUrl: string | undefined;
  whatsappUrl: string | undefined;
  apiKey: string | undefined;
  secret: string | undefined;
  publicUrl: string | undefined;
  timeScale: number | undefined;
  /** The port of the codec server, which the Temporal UI of the stack then asks. */
  codecPort: number | undefined;
  logLevel: LogLevel;
  workflowBundle: string | undefined;
  cacheDir: string | undefined;
  /** The folders of PATH, in order. */
  path: readonly string[];
  /** The environment that child processes inherit. */
  inherited: Environment;
}>;

const shortestKey = 24;
const developmentSecret = 'itinera-development-secret-not-for-production';

/**
 * Reads the environment of an api or worker process. Throws DomainError `invalid` that names each
 * wrong variable and its remedy, never its value.
 */
export function parseConfig(env: Environment): Config {
  const values = parseVariables(env);
  const environment = environmentOf(env);
  if (environment === 'production') refuseDevelopment(values);
  const portNumber = values.PORT ?? 8080;
  return {
    environment,
    port: portNumber,
    mongodbUri: values.MONGODB_URI ?? 'mongodb://127.0.0.1:27017/itinera',
    temporal: {
      address: values.TEMPORAL_ADDRESS ?? '127.0.0.1:7233',
      namespace: values.TEMPORAL_NAMESPACE,
      apiKey: values.TEMPORAL_API_KEY,
      tls: temporalTlsOf(values),
    },
    eventRetentionDays: values.ITINERA_EVENT_RETENTION_DAYS,
    providerUrls: providerUrlsOf(values),
    webhookSecrets: webhookSecretsOf(values),
    publicUrl: values.ITINERA_PUBLIC_URL ?? `http://127.0.0.1:${portNumber}`,
    secrets: secretsOf(values),
    keyRing: values.ITINERA_KEY_RING,
    codec: codecOf(values),
    logLevel: values.LOG_LEVEL,
    clock: values.ITINERA_CLOCK ?? realTime,
    trustedDomains: values.ITINERA_SENDER_DOMAINS ?? (environment === 'production' ? [] : 'all'),
    dnsServer: values.ITINERA_DNS_SERVER,
    admission: admissionOf(values),
    failpointFile: values.ITINERA_FAILPOINT_FILE,
    apiKey: values.ITINERA_API_KEY,
    metricsPort: values.METRICS_PORT,
    workflowBundle: values.ITINERA_WORKFLOW_BUNDLE,
  };
}

/** Reads the environment of the development stack. Throws as `parseConfig`, and in production. */
export function parseDevConfig(env: Environment): DevConfig {
  const values = parseVariables(env);
  if (environmentOf(env) === 'production') {
    throw invalid([
      'NODE_ENV: the development stack does not run in production; start api and worker',
    ]);
  }
  return {
    temporalNamespace: values.TEMPORAL_NAMESPACE,
    temporalApiKey: values.TEMPORAL_API_KEY,
    temporalTls: temporalTlsOf(values),
    logLevel: values.LOG_LEVEL,
    path: (env['PATH'] ?? '').split(process.platform === 'win32' ? ';' : ':').filter(Boolean),
    inherited: env,
    port: values.PORT,
    mongodbUri: values.MONGODB_URI,
    temporalAddress: values.TEMPORAL_ADDRESS,
    emailUrl: values.EMAIL_URL ?? values.SMTP_URL,
    smsUrl: values.SMS_URL,
    whatsappUrl: values.WHATSAPP_URL,
    apiKey: values.ITINERA_API_KEY,
    secret: values.ITINERA_SECRET,
    publicUrl: values.ITINERA_PUBLIC_URL,
    timeScale: values.ITINERA_TIME_SCALE,
    workflowBundle: values.ITINERA_WORKFLOW_BUNDLE,
    cacheDir: values.ITINERA_CACHE_DIR,
    codecPort: values.ITINERA_CODEC_PORT,
  };
}

export const loadConfig = (): Config => parseConfig(withFiles(process.env));

export const loadDevConfig = (): DevConfig => parseDevConfig(withFiles(process.env));

export const environmentName = (): Config['environment'] => environmentOf(process.env);

function environmentOf(env: Environment): Config['environment'] {
  const name = env['NODE_ENV'] ?? '';
  if (name === 'production') return 'production';
  if (['', 'development', 'test'].includes(name)) return 'development';
  throw invalid(['NODE_ENV: give production, development or test; without it development']);
}

function admissionOf(values: Variables): Config['admission'] {
  return {
    backlog: {
      maxAgeMs: values.ITINERA_BACKLOG_MAX_AGE_SECONDS * 1_000,
      maxEvents: values.ITINERA_BACKLOG_MAX_EVENTS,
    },
    perSecond: {
      key: values.ITINERA_RATE_LIMIT_PER_SECOND,
      workspace: values.ITINERA_WORKSPACE_RATE_LIMIT_PER_SECOND,
    },
  };
}

function secretsOf(values: Variables): Config['secrets'] {
  const before = values.ITINERA_PREVIOUS_SECRET;
  return [values.ITINERA_SECRET ?? developmentSecret, ...(before === undefined ? [] : [before])];
}

function codecOf({
  ITINERA_CODEC_PORT: port,
  ITINERA_CODEC_KEY: key,
  ITINERA_CODEC_ORIGIN: origin,
}: Variables): Config['codec'] {
  if (port === undefined) return undefined;
  if (key !== undefined && origin !== undefined) return { port, key, origin };
  throw invalid([
    ...(key === undefined ? [`ITINERA_CODEC_KEY: ${remedies.ITINERA_CODEC_KEY}`] : []),
    ...(origin === undefined ? [`ITINERA_CODEC_ORIGIN: ${remedies.ITINERA_CODEC_ORIGIN}`] : []),
  ]);
}

function refuseDevelopment(values: Variables): void {
  const faults = [...weakSecretsIn(values), ...developmentIn(values)].filter(
    (fault) => typeof fault === 'string',
  );
  if (faults.length > 0) throw invalid(faults);
}

/** An entry is a fault only where it is a text. */
type Faults = readonly unknown[];

function weakSecretsIn(values: Variables): Faults {
  return [
    values.ITINERA_API_KEY !== undefined &&
      values.ITINERA_API_KEY.length < shortestKey &&
      `ITINERA_API_KEY: give at least ${shortestKey} characters, such as the output of "openssl rand -hex 24"`,
    !values.ITINERA_SECRET && `ITINERA_SECRET: production needs one; ${remedies.ITINERA_SECRET}`,
    values.ITINERA_SECRET === developmentSecret &&
      `ITINERA_SECRET: this one is published; ${remedies.ITINERA_SECRET}`,
    values.ITINERA_PREVIOUS_SECRET === developmentSecret &&
      'ITINERA_PREVIOUS_SECRET: this one is published; remove it',
    values.ITINERA_KEY_RING.length === 0 &&
      `ITINERA_KEY_RING: production encrypts what Temporal keeps; ${remedies.ITINERA_KEY_RING}`,
  ];
}

function developmentIn(values: Variables): Faults {
  return [
    !isForRecipients(values.ITINERA_PUBLIC_URL) &&
      'ITINERA_PUBLIC_URL: give the https URL that recipients can open; http serves localhost alone',
    values.ITINERA_CLOCK && 'ITINERA_CLOCK: production runs in real time; remove it',
    values.ITINERA_FAILPOINT_FILE &&
      'ITINERA_FAILPOINT_FILE: production does not die on order; remove it',
    values.ITINERA_TIME_SCALE && 'ITINERA_TIME_SCALE: production runs in real time; remove it',
  ];
}

/** True of https, and of http on this machine, where a stack is tried out. */
function isForRecipients(url: string | undefined): boolean {
  const { protocol, hostname } = new URL(url ?? 'none:');
  return protocol === 'https:' || isThisMachine(hostname);
}
