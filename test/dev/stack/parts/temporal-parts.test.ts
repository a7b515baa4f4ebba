import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { defineSearchAttributeKey } from '@temporalio/common';
import { loadDevConfig, parseDevConfig } from '../../../../src/process/config';
import { settlePorts, type Ports } from '../../../../dev/stack/processes/ports';
import { answersHttp } from '../../../../dev/stack/processes/probes';
import { commandOf } from '../../../../dev/stack/processes/processes';
import { readStackFile } from '../../../../dev/stack/stack-file';
import { supervise, type Supervised } from '../../../../dev/stack/supervise';
import type { Part } from '../../../../dev/stack/parts/part';
import { temporalParts } from '../../../../dev/stack/parts/temporal-parts';
import { servesTemporal } from '../../../../dev/temporal/server';
import { until } from '../../../support/processes/until';
import { ask, attacks } from '../../guard/attacks';
import { fakePlan } from '../fake-stack';

describe('Temporal of a stack', () => {
  let stateDir: string;
  let ports: Ports;
  let stack: Supervised;

  beforeAll(async () => {
    stateDir = mkdtempSync(join(tmpdir(), 'itinera-temporal-'));
    ports = await settlePorts({ stateDir, from: 'any' });
    const { path, cacheDir } = loadDevConfig();
    const config = { ...parseDevConfig({}), path, cacheDir };
    const [server, ...guard] = await temporalParts({
      ...{ config, stateDir, ports },
      log: () => undefined,
    });
    const plan = fakePlan(server ? [withHttpPort(server), ...guard] : []);
    stack = await supervise({ stateDir, plan: () => Promise.resolve(plan), log: () => undefined });
  });

  afterAll(async () => {
    await stack.stop();
    rmSync(stateDir, { recursive: true });
  });

  const httpPort = () => ports.workerMetrics;
  const withHttpPort = (server: Part) => ({
    ...server,
    args: [...server.args, '--http-port', String(httpPort())],
  });
  const pid = () => readStackFile(stateDir)?.processes['temporal'] ?? 0;
  const address = () => `127.0.0.1:${ports.temporal}`;

  it('has a web page', async () => {
    expect(await answersHttp(`http://127.0.0.1:${ports.temporalUi}`)).toBe(true);
  });

  it('attack 18: answers no web site', async () => {
    const path = '/api/v1/namespaces';
    const answers = await Promise.all(
      attacks(ports.temporalUi).map(([, headers]) => ask(ports.temporalUi, { path, headers })),
    );

    expect(answers.filter(({ status }) => status !== 403)).toEqual([]);
  });

  it('attack 18: serves its API by HTTP to nobody', async () => {
    const { status } = await ask(httpPort(), { path: '/api/v1/namespaces' });

    expect(status).toBe(403);
  });

  it('writes ahead in a log', () => {
    expect(existsSync(join(stateDir, 'temporal.db-wal'))).toBe(true);
  });

  it('keeps its workflows and search attributes when it is killed', async () => {
    const connection = await Connection.connect({ address: address() });
    const { workflow } = new Client({ connection });
    await workflow.start('enrollment', {
      workflowId: 'cart-recovery.c1',
      taskQueue: 'nobody',
      typedSearchAttributes: [
        { key: defineSearchAttributeKey('JourneyId', 'KEYWORD'), value: 'cart-recovery' },
      ],
    });
    const killed = pid();

    process.kill(killed, 'SIGKILL');
    await until(() => pid() !== killed);
    await until(() => servesTemporal({ address: address() }, 'default'));
    const { status, typedSearchAttributes } = await workflow
      .getHandle('cart-recovery.c1')
      .describe();
    await connection.close();

    expect(status.name).toBe('RUNNING');
    expect(typedSearchAttributes.getAll()).toHaveLength(1);
    expect(commandOf(killed)).toBeUndefined();
  });

  it('is the one that TEMPORAL_ADDRESS names', async () => {
    const config = parseDevConfig({ TEMPORAL_ADDRESS: address() });

    const parts = await temporalParts({ config, stateDir, ports, log: () => undefined });

    expect(parts).toEqual([]);
  });

  it('cannot be one that does not answer', async () => {
    const config = parseDevConfig({ TEMPORAL_ADDRESS: `127.0.0.1:${ports.api}` });

    const finding = temporalParts({ config, stateDir, ports, log: () => undefined });

    await expect(finding).rejects.toThrow(
      `TEMPORAL_ADDRESS: no Temporal server with a namespace "default" answers at 127.0.0.1:${ports.api}. Start it`,
    );
  });
});
