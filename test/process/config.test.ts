import { parseConfig, parseDevConfig } from '../../src/process/config';
import { realTime } from '../../src/core/time/clock';

const production = {
  NODE_ENV: 'production',
  ITINERA_API_KEY: 'k'.repeat(24),
  ITINERA_PUBLIC_URL: 'https://go.example.com',
  ITINERA_SECRET: 'x'.repeat(32),
  ITINERA_KEY_RING: `k1:${Buffer.alloc(32, 1).toString('base64')}`,
};

describe('configuration', () => {
  it('runs on one machine with nothing set', () => {
    const config = parseConfig({});

    expect(config).toMatchObject({
      environment: 'development',
      port: 8080,
      mongodbUri: 'mongodb://127.0.0.1:27017/itinera',
      temporal: { address: '127.0.0.1:7233', namespace: 'default' },
      providerUrls: { email: 'smtp://127.0.0.1:1025' },
      publicUrl: 'http://127.0.0.1:8080',
      logLevel: 'info',
      eventRetentionDays: 400,
      clock: realTime,
      admission: {
        backlog: { maxAgeMs: 900_000, maxEvents: 100_000 },
        perSecond: { key: 1_000, workspace: 2_000 },
      },
    });
    expect(config.apiKey).toBeUndefined();
    expect(config.metricsPort).toBeUndefined();
  });

  it('reads every variable', () => {
    const keyRing = [2, 1].map((n) => `k${n}:${Buffer.alloc(32, n).toString('base64')}`).join();
    const clock = { realOrigin: 1_000, virtualOrigin: 2_000, scale: 60 };

    const config = parseConfig({
      PORT: '9000',
      MONGODB_URI: 'mongodb+srv://db.example.com/itinera',
      TEMPORAL_ADDRESS: 'temporal.example.com:7233',
      TEMPORAL_NAMESPACE: 'journeys',
      TEMPORAL_API_KEY: 'temporal-key',
      SMTP_URL: 'smtps://user:password@mail.example.com:465',
      SMS_URL: 'twilio://AC1:token@api.twilio.com?from=%2B39333',
      WHATSAPP_URL: 'whatsapp://1061:EAAG1@graph.facebook.com?version=v23.0',
      ITINERA_API_KEY: 'key',
      ITINERA_PUBLIC_URL: 'https://go.example.com/',
      ITINERA_SECRET: 's'.repeat(32),
      ITINERA_PREVIOUS_SECRET: 'p'.repeat(32),
      ITINERA_KEY_RING: keyRing,
      ITINERA_CODEC_PORT: '9300',
      ITINERA_CODEC_KEY: 'c'.repeat(24),
      ITINERA_CODEC_ORIGIN: 'https://temporal.example.com',
      ITINERA_CLOCK: JSON.stringify(clock),
      ITINERA_WORKFLOW_BUNDLE: 'dist/workflows.js',
      ITINERA_FAILPOINT_FILE: '.itinera/failpoint.json',
      ITINERA_BACKLOG_MAX_AGE_SECONDS: '60',
      ITINERA_BACKLOG_MAX_EVENTS: '5000',
      ITINERA_EVENT_RETENTION_DAYS: '30',
      ITINERA_RATE_LIMIT_PER_SECOND: '20',
      ITINERA_WORKSPACE_RATE_LIMIT_PER_SECOND: '30',
      ITINERA_SENDER_DOMAINS: 'shop.example,mail.other.example',
      ITINERA_DNS_SERVER: '127.0.0.1:5353',
      LOG_LEVEL: 'debug',
      METRICS_PORT: '9464',
    });

    expect(config).toStrictEqual({
      environment: 'development',
      port: 9000,
      mongodbUri: 'mongodb+srv://db.example.com/itinera',
      eventRetentionDays: 30,
      temporal: {
        address: 'temporal.example.com:7233',
        namespace: 'journeys',
        apiKey: 'temporal-key',
        tls: { serverCa: undefined, serverName: undefined, client: undefined },
      },
      providerUrls: {
        email: 'smtps://user:password@mail.example.com:465',
        sms: 'twilio://AC1:token@api.twilio.com?from=%2B39333',
        whatsapp: 'whatsapp://1061:EAAG1@graph.facebook.com?version=v23.0',
      },
      apiKey: 'key',
      publicUrl: 'https://go.example.com',
      secrets: ['s'.repeat(32), 'p'.repeat(32)],
      keyRing: [
        { id: 'k2', bytes: Buffer.alloc(32, 2) },
        { id: 'k1', bytes: Buffer.alloc(32, 1) },
      ],
      codec: { port: 9_300, key: 'c'.repeat(24), origin: 'https://temporal.example.com' },
      logLevel: 'debug',
      metricsPort: 9464,
      webhookSecrets: { email: [], whatsapp: [] },
      workflowBundle: 'dist/workflows.js',
      failpointFile: '.itinera/failpoint.json',
      clock,
      admission: {
        backlog: { maxAgeMs: 60_000, maxEvents: 5_000 },
        perSecond: { key: 20, workspace: 30 },
      },
      trustedDomains: ['shop.example', 'mail.other.example'],
      dnsServer: '127.0.0.1:5353',
    });
  });

  it('takes an empty variable as absent', () => {
    const config = parseConfig({ PORT: '', ITINERA_CLOCK: '' });

    expect(config.port).toBe(8080);
    expect(config.clock).toBe(realTime);
  });

  it.each([
    ['PORT', '80x'],
    ['PORT', '65536'],
    ['MONGODB_URI', 'http://127.0.0.1'],
    ['TEMPORAL_ADDRESS', 'http://127.0.0.1:7233'],
    ['TEMPORAL_ADDRESS', '127.0.0.1'],
    ['SMTP_URL', '127.0.0.1:1025'],
    ['EMAIL_URL', 'https://api.resend.com'],
    ['EMAIL_URL', 'resend://api.resend.com'],
    ['EMAIL_URL', 'ses://KEY_ID@email.eu-south-1.amazonaws.com'],
    ['SMS_URL', 'https://api.twilio.com'],
    ['SMS_URL', 'twilio://AC1:token@api.twilio.com'],
    ['WHATSAPP_URL', 'https://graph.facebook.com'],
    ['WHATSAPP_URL', 'whatsapp://EAAG1@graph.facebook.com'],
    ['WHATSAPP_URL', 'whatsapp://1061@graph.facebook.com'],
    ['ITINERA_API_KEY', 'two words'],
    ['ITINERA_PUBLIC_URL', 'ftp://example.com'],
    ['ITINERA_SECRET', 'short'],
    ['ITINERA_PREVIOUS_SECRET', 'short'],
    ['ITINERA_KEY_RING', 'k1:c2hvcnQ='],
    ['ITINERA_KEY_RING', Buffer.alloc(32).toString('base64')],
    ['ITINERA_CODEC_PORT', 'x'],
    ['ITINERA_CODEC_KEY', 'short'],
    ['ITINERA_CODEC_ORIGIN', 'https://temporal.example.com/'],
    ['ITINERA_CLOCK', '{'],
    ['ITINERA_CLOCK', '{"realOrigin":0,"virtualOrigin":0,"scale":0}'],
    ['ITINERA_TIME_SCALE', '-1'],
    ['ITINERA_BACKLOG_MAX_AGE_SECONDS', '15m'],
    ['ITINERA_BACKLOG_MAX_EVENTS', '0'],
    ['ITINERA_EVENT_RETENTION_DAYS', '0'],
    ['ITINERA_RATE_LIMIT_PER_SECOND', '0.5'],
    ['ITINERA_WORKSPACE_RATE_LIMIT_PER_SECOND', '0'],
    ['ITINERA_SENDER_DOMAINS', 'Shop.example'],
    ['ITINERA_SENDER_DOMAINS', 'shop.example,*'],
    ['ITINERA_DNS_SERVER', '256.0.0.1'],
    ['ITINERA_DNS_SERVER', 'dns.example'],
    ['LOG_LEVEL', 'loud'],
    ['METRICS_PORT', '-1'],
  ])('stops the start when %s is %j, naming it and the remedy', (name, value) => {
    const start = () => parseConfig({ [name]: value });

    expect(start).toThrow(new RegExp(`^${name}: (give|remove) .+$`, 'm'));
  });

  it('names every wrong variable at once, without the values', () => {
    const start = () => parseConfig({ PORT: 'x', ITINERA_SECRET: 'hush' });

    expect(start).toThrow(/PORT: .*\nITINERA_SECRET: /);
    expect(start).not.toThrow(/hush/);
  });

  it('serves no codec without a key and the origin that may ask', () => {
    const start = () => parseConfig({ ITINERA_CODEC_PORT: '9300' });

    expect(start).toThrow(/ITINERA_CODEC_KEY: give .*\nITINERA_CODEC_ORIGIN: give /);
  });

  it('starts in production with a key and a secret of its own', () => {
    expect(parseConfig(production).environment).toBe('production');
  });

  it.each([
    ['the development key', 'ITINERA_API_KEY', { ITINERA_API_KEY: 'dev' }],
    ['no secret', 'ITINERA_SECRET', { ITINERA_SECRET: undefined }],
    ['no key for payloads', 'ITINERA_KEY_RING', { ITINERA_KEY_RING: undefined }],
    ['a short secret', 'ITINERA_SECRET', { ITINERA_SECRET: 'x'.repeat(31) }],
    [
      'a virtual clock',
      'ITINERA_CLOCK',
      { ITINERA_CLOCK: '{"realOrigin":0,"virtualOrigin":0,"scale":2}' },
    ],
    ['a time scale', 'ITINERA_TIME_SCALE', { ITINERA_TIME_SCALE: '60' }],
    ['a key that can be guessed', 'ITINERA_API_KEY', { ITINERA_API_KEY: 'k'.repeat(23) }],
    [
      'the published secret',
      'ITINERA_SECRET',
      { ITINERA_SECRET: 'itinera-development-secret-not-for-production' },
    ],
    ['no public URL', 'ITINERA_PUBLIC_URL', { ITINERA_PUBLIC_URL: undefined }],
    ['a public URL in the clear', 'ITINERA_PUBLIC_URL', { ITINERA_PUBLIC_URL: 'http://go.test' }],
  ])('refuses %s in production', (_what, name, change) => {
    const start = () => parseConfig({ ...production, ...change });

    expect(start).toThrow(new RegExp(`^${name}: .*(give|remove) .+$`, 'm'));
  });

  it.each(['http://localhost:8080', 'http://127.0.0.1:8080'])(
    'tries production out on one machine under %s',
    (url) => {
      const config = parseConfig({ ...production, ITINERA_PUBLIC_URL: url });

      expect(config.publicUrl).toBe(url);
    },
  );

  it.each([
    ['none in production', production, []],
    [
      'all in production where its operator says so',
      { ...production, ITINERA_SENDER_DOMAINS: '*' },
      'all',
    ],
    ['all in development', {}, 'all'],
  ])('trusts of the domains to send from %s', (_what, env, trusted) => {
    expect(parseConfig(env).trustedDomains).toEqual(trusted);
  });

  it('takes NODE_ENV test for development', () => {
    expect(parseConfig({ NODE_ENV: 'test' }).environment).toBe('development');
  });

  it.each(['prod', 'Production', 'staging'])('refuses to guess what NODE_ENV %j is', (name) => {
    const start = () => parseConfig({ ...production, NODE_ENV: name });

    expect(start).toThrow(/^NODE_ENV: give production, /m);
  });
});

describe('configuration of the development stack', () => {
  it('tells what was given from what was not', () => {
    const config = parseDevConfig({
      SMTP_URL: 'smtp://127.0.0.1:2525',
      ITINERA_TIME_SCALE: '3600',
    });

    expect(config).toMatchObject({ emailUrl: 'smtp://127.0.0.1:2525', timeScale: 3600 });
    expect(config.mongodbUri).toBeUndefined();
    expect(config.temporalAddress).toBeUndefined();
  });

  it('does not run in production', () => {
    expect(() => parseDevConfig(production)).toThrow('NODE_ENV');
  });
});
