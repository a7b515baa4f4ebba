import { isIPv4 } from 'node:net';
import { z } from 'zod';
import { DomainError } from '../core/domain-error';
import { readKeys } from './secrets/key-ring';
import { sendsCredentialsInClear } from './secrets/mongodb-clear-text';
import {
  contradictionsIn,
  temporalTlsRemedies,
  temporalTlsVariables,
} from './secrets/temporal-tls';

/** Environment variables as a process holds them; an empty one counts as absent. */
export type Environment = Readonly<Record<string, string | undefined>>;

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

const shortestSecret = 32;

const port = z
  .string()
  .regex(/^\d{1,5}$/)
  .transform(Number)
  .pipe(z.number().max(65_535));

/** A mail server, or an account of a provider of e-mail. */
const emailUrl =
  /^(?:smtps?:\/\/.|(?:resend|brevo):\/\/[^\s:@/]+@[^\s@]+$|ses:\/\/[^\s:@/]+:[^\s@/]+@[^\s@]+$)/;

const count = z
  .string()
  .regex(/^[1-9]\d{0,8}$/)
  .transform(Number);

const clock = z
  .string()
  .transform((text, context) => {
    try {
      return JSON.parse(text) as unknown;
    } catch {
      context.addIssue({ code: 'custom', message: 'not JSON' });
      return z.NEVER;
    }
  })
  .pipe(
    z.strictObject({
      realOrigin: z.number().int(),
      virtualOrigin: z.number().int(),
      scale: z.number().positive(),
    }),
  );

const keyRing = z.string().transform((text, context) => {
  const keys = readKeys(text);
  if (keys) return keys;
  context.addIssue({ code: 'custom', message: 'no keys' });
  return z.NEVER;
});

const webhookSecrets = z
  .string()
  .regex(/^[^\s,]{16,200}(?:,[^\s,]{16,200})?$/)
  .transform((text) => text.split(','));

const domains = z
  .string()
  .regex(/^(?:[*]|[a-z0-9-]+(?:[.][a-z0-9-]+)*(?:,[a-z0-9-]+(?:[.][a-z0-9-]+)*)*)$/)
  .transform((text) => (text === '*' ? 'all' : text.split(',')));

const variables = z.object({
  PORT: port.optional(),
  MONGODB_URI: z
    .string()
    .regex(/^mongodb(\+srv)?:\/\/./)
    .refine((uri) => !sendsCredentialsInClear(uri))
    .optional(),
  TEMPORAL_ADDRESS: z
    .string()
    .regex(/^[^\s:/]+:\d{1,5}$/)
    .optional(),
  TEMPORAL_NAMESPACE: z.string().regex(/^\S+$/).default('default'),
  TEMPORAL_API_KEY: z.string().optional(),
  ...temporalTlsVariables,
  EMAIL_URL: z
    .string()
    .regex(emailUrl)
    .refine((url) => URL.canParse(url))
    .optional(),
  EMAIL_WEBHOOK_SECRET: webhookSecrets.optional(),
  SMTP_URL: z
    .string()
    .regex(/^smtps?:\/\/./)
    .optional(),
  SMS_URL: z
    .string()
    .regex(/^twilio:\/\/[^\s:@]+:[^\s@]+@[^\s?]+\?\S*\b(?:from|messagingServiceSid)=/)
    .optional(),
  WHATSAPP_URL: z
    .string()
    .regex(/^whatsapp:\/\/\d+:[^\s:@]+@[^\s?@]+(?:\?\S*)?$/)
    .optional(),
  WHATSAPP_WEBHOOK_SECRET: webhookSecrets.optional(),
  ITINERA_API_KEY: z.string().regex(/^\S+$/).optional(),
  ITINERA_PUBLIC_URL: z
    .url({ protocol: /^https?$/ })
    .transform((url) => url.replace(/\/+$/, ''))
    .optional(),
  ITINERA_SECRET: z.string().min(shortestSecret).optional(),
  ITINERA_PREVIOUS_SECRET: z.string().min(shortestSecret).optional(),
  ITINERA_KEY_RING: keyRing.default([]),
  ITINERA_CODEC_PORT: port.optional(),
  ITINERA_CODEC_KEY: z
    .string()
    .regex(/^[^\s:]{24,}$/)
    .optional(),
  ITINERA_CODEC_ORIGIN: z
    .string()
    .regex(/^https?:\/\/[^/\s]+$/)
    .optional(),
  ITINERA_SENDER_DOMAINS: domains.optional(),
  ITINERA_DNS_SERVER: z
    .string()
    .regex(/^(?:\d{1,3}[.]){3}\d{1,3}(?::\d{1,5})?$/)
    .refine((server) => isIPv4(server.replace(/:.*/, '')))
    .optional(),
  ITINERA_CLOCK: clock.optional(),
  ITINERA_TIME_SCALE: z
    .string()
    .regex(/^\d+([.]\d+)?$/)
    .transform(Number)
    .pipe(z.number().positive())
    .optional(),
  ITINERA_WORKFLOW_BUNDLE: z.string().optional(),
  ITINERA_CACHE_DIR: z.string().optional(),
  ITINERA_FAILPOINT_FILE: z.string().optional(),
  ITINERA_BACKLOG_MAX_AGE_SECONDS: count.default(900),
  ITINERA_BACKLOG_MAX_EVENTS: count.default(100_000),
  ITINERA_EVENT_RETENTION_DAYS: z
    .string()
    .regex(/^[1-9]\d{0,3}$/)
    .transform(Number)
    .default(400),
  ITINERA_RATE_LIMIT_PER_SECOND: count.default(1_000),
  ITINERA_WORKSPACE_RATE_LIMIT_PER_SECOND: count.default(2_000),
  LOG_LEVEL: z.enum(logLevels).default('info'),
  METRICS_PORT: port.optional(),
});

const together = variables.superRefine((values, context) => {
  for (const name of contradictionsIn(values))
    context.addIssue({ code: 'custom', path: [name], message: 'goes with no other' });
  if (values.EMAIL_URL !== undefined && values.SMTP_URL !== undefined)
    context.addIssue({ code: 'custom', path: ['EMAIL_URL'], message: 'goes with no SMTP_URL' });
});

type Variable = keyof typeof variables.shape;
export type Variables = z.infer<typeof variables>;

export const remedies = {
  PORT: 'give a whole number from 0 to 65535; without it 8080',
  MONGODB_URI:
    'give mongodb://HOST:PORT/DATABASE or mongodb+srv://HOST/DATABASE; with a password for another machine also ?tls=true, or ?tls=false where clear text is meant',
  TEMPORAL_ADDRESS: 'give HOST:PORT; without it 127.0.0.1:7233',
  TEMPORAL_NAMESPACE: 'give the name of a namespace; without it "default"',
  TEMPORAL_API_KEY: 'give the key as one line of text',
  ...temporalTlsRemedies,
  EMAIL_URL:
    'give resend://KEY@api.resend.com, brevo://KEY@api.brevo.com, ses://KEY_ID:SECRET@email.REGION.amazonaws.com, or a mail server as in SMTP_URL; then no SMTP_URL',
  EMAIL_WEBHOOK_SECRET:
    'give the signing secret of Resend (whsec_…), or the token that Brevo sends, of at least 16 characters; two with a comma while one replaces the other',
  SMTP_URL: 'give smtp://HOST:PORT or smtps://USER:PASSWORD@HOST:PORT',
  SMS_URL:
    'give twilio://ACCOUNT_SID:TOKEN@api.twilio.com?from=NUMBER with + as %2B, or messagingServiceSid=SID in place of from',
  WHATSAPP_URL:
    'give whatsapp://PHONE_NUMBER_ID:TOKEN@graph.facebook.com?version=v23.0 with special characters percent-encoded',
  WHATSAPP_WEBHOOK_SECRET:
    'give the secret of the app of WhatsApp, of at least 16 characters; two with a comma while one replaces the other',
  ITINERA_API_KEY: 'give a key without blanks',
  ITINERA_PUBLIC_URL: 'give an http or https URL that recipients can open',
  ITINERA_SECRET: `give at least ${shortestSecret} characters, such as the output of "openssl rand -hex 32"`,
  ITINERA_PREVIOUS_SECRET: 'give the secret that ITINERA_SECRET has replaced, or remove it',
  ITINERA_KEY_RING:
    'give ID:KEY with the key as the output of "openssl rand -base64 32"; several with commas, the newest first',
  ITINERA_CODEC_PORT: 'give a whole number from 0 to 65535, or remove it',
  ITINERA_CODEC_KEY:
    'give at least 24 characters without blanks and colons, such as the output of "openssl rand -hex 24"',
  ITINERA_CODEC_ORIGIN: 'give the origin of the Temporal UI, such as https://temporal.example.com',
  ITINERA_SENDER_DOMAINS:
    'give domains in lower case and ASCII with commas, such as shop.example, or * for any',
  ITINERA_DNS_SERVER: 'give an IPv4 address, with :PORT if it is not 53, or remove it',
  ITINERA_CLOCK: 'give {"realOrigin":MS,"virtualOrigin":MS,"scale":N} with N above 0, or remove it',
  ITINERA_TIME_SCALE: 'give a number above 0, such as 60, or remove it',
  ITINERA_WORKFLOW_BUNDLE: 'give the path of a prebuilt workflow bundle, or remove it',
  ITINERA_CACHE_DIR: 'give the path of a folder, or remove it',
  ITINERA_FAILPOINT_FILE: 'give the path of the file that orders a crash, or remove it',
  ITINERA_BACKLOG_MAX_AGE_SECONDS: 'give a whole number above 0; without it 900',
  ITINERA_EVENT_RETENTION_DAYS: 'give a whole number from 1 to 9999; without it 400',
  ITINERA_BACKLOG_MAX_EVENTS: 'give a whole number above 0; without it 100000',
  ITINERA_RATE_LIMIT_PER_SECOND: 'give a whole number above 0; without it 1000',
  ITINERA_WORKSPACE_RATE_LIMIT_PER_SECOND: 'give a whole number above 0; without it 2000',
  LOG_LEVEL: `give one of ${logLevels.join(', ')}; without it "info"`,
  METRICS_PORT: 'give a whole number from 0 to 65535, or remove it',
} satisfies Record<Variable, string>;

/** Throws DomainError `invalid` that names each wrong variable and its remedy, never its value. */
export function parseVariables(env: Environment): Variables {
  const filled = Object.entries(env).filter(([, value]) => value !== undefined && value !== '');
  const parsed = together.safeParse(Object.fromEntries(filled));
  if (parsed.success) return parsed.data;
  const wrong = new Set(parsed.error.issues.map((issue) => issue.path[0]));
  throw invalid(
    Object.entries(remedies)
      .filter(([name]) => wrong.has(name))
      .map(([name, remedy]) => `${name}: ${remedy}`),
  );
}

export function invalid(faults: readonly string[]): DomainError {
  return new DomainError('invalid', `The environment cannot be used.\n${faults.join('\n')}`);
}
