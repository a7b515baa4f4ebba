import { execFile, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { isUp } from '../is-up';

const run = promisify(execFile);

export const user = 'temporal';

/** Where Debian keeps what is not on the PATH; the newest version first. */
const debianFolder = '/usr/lib/postgresql';

/** The folder of PostgreSQL's programs; undefined where there is none. */
export function findPostgres(): string | undefined {
  if (!existsSync(debianFolder)) return undefined;
  const versions = readdirSync(debianFolder).sort((one, other) => Number(other) - Number(one));
  return versions
    .map((version) => join(debianFolder, version, 'bin'))
    .find((bin) => existsSync(join(bin, 'initdb')));
}

type Cluster = Readonly<{ bin: string; folder: string; port: number }>;

/**
 * A PostgreSQL of its own with its defaults, fsync included. PostgreSQL refuses to run as root, so
 * there it runs as `postgres`.
 */
export async function startPostgres({ bin, folder, port }: Cluster): Promise<ChildProcess> {
  const owner = process.getuid?.() === 0 ? ownerOf('postgres') : undefined;
  mkdirSync(folder, { recursive: true });
  if (owner) {
    chownSync(folder, owner.uid, owner.gid);
    chmodSync(dirname(folder), 0o711);
  }
  const data = join(folder, 'data');
  const made = spawnSync(join(bin, 'initdb'), ['-D', data, '-U', user, '-A', 'trust'], owner);
  if (made.status !== 0) throw new Error(`initdb failed: ${made.stderr.toString()}`);
  const settings = ['max_connections=100', 'shared_buffers=256MB', `unix_socket_directories=`];
  const child = spawn(
    join(bin, 'postgres'),
    ['-D', data, '-h', '127.0.0.1', '-p', String(port), ...settings.flatMap((set) => ['-c', set])],
    { ...owner, stdio: 'ignore' },
  );
  await isUp('PostgreSQL', port, child);
  return child;
}

/** What a PostgreSQL does, measured by its own programs. */
export type Postgres = Readonly<{
  /** Short transactions of eight clients, by pgbench, over some seconds. */
  transactionsPerSecond: () => Promise<number>;
  /** The bytes of the databases without dead rows and without tasks that are soon done. */
  keptBytes: () => Promise<number>;
}>;

type Measured = Omit<Cluster, 'folder'> & Readonly<{ databases: readonly string[] }>;

export function measuring({ bin, port, databases }: Measured): Postgres {
  const call = async (program: string, ...args: readonly string[]) => {
    const at = ['-h', '127.0.0.1', '-p', String(port), '-U', user];
    return (await run(join(bin, program), [...at, ...args])).stdout;
  };
  return {
    transactionsPerSecond: async () => {
      await call('pgbench', '--initialize', '--quiet', 'postgres');
      const times = ['--client=8', '--jobs=2', '--time=5', '--no-vacuum'];
      const said = await call('pgbench', ...times, 'postgres');
      const rate = /^tps = ([\d.]+)/m.exec(said)?.[1];
      if (rate === undefined) throw new Error(`pgbench tells no rate: ${said}`);
      return Number(rate);
    },
    keptBytes: async () => {
      const sizes = databases.map(async (database) => {
        const said = await call('psql', '-d', database, '-Atqc', 'VACUUM FULL', '-c', keptSize);
        return Number(said);
      });
      return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
    },
  };
}

/** A timer is kept as a task until it is due. */
const keptSize = `SELECT sum(pg_total_relation_size(oid)) FROM pg_class
  WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
  AND (relname NOT LIKE '%tasks' OR relname = 'timer_tasks')`;

function ownerOf(name: string): Readonly<{ uid: number; gid: number }> {
  const id = (flag: string) => Number(spawnSync('id', [flag, name]).stdout.toString());
  return { uid: id('-u'), gid: id('-g') };
}
