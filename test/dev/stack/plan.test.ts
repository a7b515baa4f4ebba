import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadDevConfig, parseDevConfig } from '../../../src/process/config';
import { planStack, type StackWishes } from '../../../dev/stack/plan';
import { writeExecutable } from '../temporal/packages';

describe('plan of a stack', () => {
  let stateDir: string;

  beforeEach(() => {
    stateDir = mkdtempSync(join(tmpdir(), 'itinera-plan-'));
  });

  afterEach(() => {
    rmSync(stateDir, { recursive: true });
  });

  const plan = (env: Record<string, string> = {}, wishes: Partial<StackWishes> = {}) => {
    const { path, cacheDir } = loadDevConfig();
    const config = { ...parseDevConfig(env), path, cacheDir, workflowBundle: 'workflows.js' };
    return planStack({ stateDir, config, ports: 'any', log: () => undefined, ...wishes });
  };

  const namesOf = ({ tiers }: Awaited<ReturnType<typeof plan>>) =>
    tiers.map((tier) => tier.map(({ name }) => name));

  const environmentOf = ({ tiers }: Awaited<ReturnType<typeof plan>>, name: string) =>
    tiers.flat().find((part) => part.name === name)?.env ?? {};

  it('starts what the api and the worker need before them', async () => {
    expect(namesOf(await plan())).toStrictEqual([
      ['temporal', 'temporal-ui', 'store', 'mailbox'],
      ['worker', 'api'],
    ]);
  });

  it('leaves out what the environment names', async () => {
    const planned = await plan({
      MONGODB_URI: 'mongodb://db.example.com/itinera',
      SMTP_URL: 'smtp://mail.example.com:25',
      SMS_URL: 'twilio://AC1:t@sms.example.com?from=%2B1',
      WHATSAPP_URL: 'whatsapp://1:t@chat.example.com',
    });

    expect(namesOf(planned)).toStrictEqual([
      ['temporal', 'temporal-ui'],
      ['worker', 'api'],
    ]);
    expect(planned.facts).toMatchObject({
      mongodb: 'mongodb://db.example.com/itinera',
      email: 'smtp://mail.example.com:25',
      sms: 'twilio://AC1:t@sms.example.com?from=%2B1',
      whatsapp: 'whatsapp://1:t@chat.example.com',
      mailbox: null,
    });
  });

  it('prefers an installed mongod to the embedded store', async () => {
    const bin = join(stateDir, 'bin');
    const mongod = writeExecutable(bin, 'mongod', '');
    writeExecutable(bin, 'temporal', '');
    const config = { ...parseDevConfig({}), path: [bin], workflowBundle: 'workflows.js' };

    const planned = await plan({}, { config });

    expect(planned.tiers.flat().find(({ name }) => name === 'store')).toMatchObject({
      file: mongod,
      args: expect.arrayContaining(['--dbpath', join(stateDir, 'mongodb')]) as unknown,
    });
  });

  it('tells api and worker the same addresses, key, secret and clock', async () => {
    const planned = await plan({}, { timeScale: 60, virtualOrigin: 5_000 });
    const api = environmentOf(planned, 'api');
    const worker = environmentOf(planned, 'worker');

    expect(api).toMatchObject({
      MONGODB_URI: planned.facts.mongodb,
      TEMPORAL_ADDRESS: planned.facts.temporal,
      EMAIL_URL: planned.facts.email,
      ITINERA_API_KEY: 'dev',
      ITINERA_PUBLIC_URL: planned.facts.api,
      ITINERA_SECRET: expect.stringMatching(/^[0-9a-f]{64}$/) as unknown,
      ITINERA_CLOCK: JSON.stringify(planned.facts.clock),
      ITINERA_WORKFLOW_BUNDLE: 'workflows.js',
    });
    const { PORT, METRICS_PORT } = api;
    expect({ ...worker, PORT, METRICS_PORT }).toStrictEqual(api);
    expect(worker['METRICS_PORT']).not.toBe(METRICS_PORT);
  });

  it('keeps secret, clock and ports for the next start', async () => {
    const first = await plan({}, { timeScale: 60 });
    const second = await plan();

    expect(second.facts).toStrictEqual(first.facts);
    expect(environmentOf(second, 'api')).toStrictEqual(environmentOf(first, 'api'));
  });

  it('fault 22: prepares a folder once, by an api of its own', async () => {
    const prepared: string[] = [];
    const prepare = ({ api }: Readonly<{ api: string }>) => {
      prepared.push(api);
      return Promise.resolve();
    };

    const first = await plan({}, { prepare });
    await first.preparation?.work();
    const second = await plan({}, { prepare });

    expect(prepared).toHaveLength(1);
    expect(prepared).not.toContain(first.facts.api);
    expect(second.preparation).toBeUndefined();
  });

  it('names no clock in real time', async () => {
    expect(environmentOf(await plan(), 'worker')['ITINERA_CLOCK']).toBeUndefined();
  });
});
