import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Connection } from '@temporalio/client';
import { msToTs } from '@temporalio/common/lib/time';
import { ended } from '../../scripts/survive/stack';
import { freePorts } from '../ports';
import { isUp } from '../is-up';
import { serverConfig, throttles } from './config';
import { findPostgres, measuring, startPostgres, user, type Postgres } from './postgres';

const version = 'v1.32.0';
const moduleName = 'go.temporal.io/server';
const databases = { temporal: 'temporal', visibility: 'temporal_visibility' } as const;

export type Cluster = Readonly<{
  address: string;
  label: string;
  processes: Readonly<Record<string, number>>;
  postgres: Postgres;
  /** Adds a namespace, so that another product may share the server. */
  register: (namespace: string) => Promise<void>;
  stop: () => Promise<void>;
}>;

/**
 * Temporal's own server on PostgreSQL, with 16 shards and raised throttles. Figures are taken
 * against it. It is built once with Go into `cache`. Undefined where Go or PostgreSQL is missing.
 */
export async function startCluster(folder: string, cache: string): Promise<Cluster | undefined> {
  const bin = findPostgres();
  if (bin === undefined || !build(cache)) return undefined;
  const [postgresPort, ...rpc] = await freePorts(9);
  if (postgresPort === undefined) throw new Error('No port is free');
  const postgres = await startPostgres({ bin, folder, port: postgresPort });
  for (const [kind, name] of Object.entries(databases))
    createDatabase({ cache, kind, name }, postgresPort);
  const dynamic = join(folder, 'throttles.json');
  const config = join(folder, 'server.json');
  writeFileSync(dynamic, JSON.stringify(throttles));
  writeFileSync(
    config,
    JSON.stringify(serverConfig({ postgresPort, user, databases, rpc, dynamic })),
  );
  const server = spawn(
    join(cache, 'server'),
    ['--config-file', config, '--allow-no-auth', 'start'],
    {
      stdio: 'ignore',
    },
  );
  const [port = 0] = rpc;
  await isUp('The Temporal server', port, server);
  const address = `127.0.0.1:${port}`;
  const register = (namespace: string) => registerNamespace(address, namespace);
  await register('default');
  return {
    address,
    label: `Temporal ${version} on PostgreSQL, 16 shards, fsync on`,
    processes: { postgres: postgres.pid ?? 0, temporal: server.pid ?? 0 },
    postgres: measuring({ bin, port: postgresPort, databases: Object.values(databases) }),
    register,
    stop: async () => {
      await ended(server);
      await ended(postgres, 'SIGINT');
    },
  };
}

/** False where there is no Go. */
function build(cache: string): boolean {
  if (existsSync(join(cache, 'server')) && existsSync(join(cache, 'sql'))) return true;
  try {
    execFileSync('go', ['version']);
  } catch {
    return false;
  }
  process.stderr.write(`Building Temporal ${version} once, which takes some minutes\n`);
  mkdirSync(cache, { recursive: true });
  // eslint-disable-next-line no-restricted-properties -- Go needs the environment of the script
  const env = { ...process.env, GOBIN: cache };
  for (const command of ['cmd/server', 'cmd/tools/sql']) {
    execFileSync('go', ['install', `${moduleName}/${command}@${version}`], {
      env,
      stdio: 'inherit',
    });
  }
  return true;
}

type Database = Readonly<{ cache: string; kind: string; name: string }>;

function createDatabase({ cache, kind, name }: Database, port: number): void {
  const modules = execFileSync('go', ['env', 'GOMODCACHE']).toString().trim();
  const versions = join(
    modules,
    `${moduleName}@${version}/schema/postgresql/v12`,
    kind,
    'versioned',
  );
  const common = [
    '--ep',
    '127.0.0.1',
    '-p',
    String(port),
    '-u',
    user,
    '--pl',
    'postgres12',
    '--db',
    name,
  ];
  const sql = (...args: string[]) =>
    execFileSync(join(cache, 'sql'), [...common, ...args], { stdio: 'pipe' });
  sql('create-database', '--defaultdb', 'postgres');
  sql('setup-schema', '-v', '0.0');
  sql('update-schema', '-d', versions);
}

async function registerNamespace(address: string, namespace: string): Promise<void> {
  const connection = await Connection.connect({ address });
  try {
    await connection.workflowService.registerNamespace({
      namespace,
      workflowExecutionRetentionPeriod: msToTs('24 hours'),
    });
  } finally {
    await connection.close();
  }
}
