import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { z } from 'zod';
import { DomainError } from '../../../src/core/domain-error';
import { readJson, writeJson } from '../json-file';

const usualPorts = {
  api: 8080,
  temporal: 7233,
  temporalUi: 8233,
  mongodb: 27017,
  smtp: 1025,
  mailbox: 1080,
  gateway: 1090,
  workerMetrics: 9464,
  apiMetrics: 9465,
} as const;

type PortName = keyof typeof usualPorts;
export type Ports = Readonly<Record<PortName, number>>;

export type PortWishes = Readonly<{
  stateDir: string;
  /** The port of the api, which must then be free; 0 is any. */
  api?: number | undefined;
  /**
   * `usual`: the well-known ones where they are free; `any`: never those, so that stacks do not
   * meet.
   */
  from: 'usual' | 'any';
}>;

/** Below the range from which systems lend ports to outgoing connections. */
const lowest = 20_000;
const highest = 32_000;

const remembered = z.record(z.string(), z.number()).optional();

/**
 * A port for each part: what the folder remembers, else what is wished, else a free one. Throws
 * DomainError `conflict` when the given api port is taken.
 */
export async function settlePorts({ stateDir, from, ...wishes }: PortWishes): Promise<Ports> {
  const api = wishes.api === 0 ? undefined : wishes.api;
  if (api !== undefined && !(await isFree(api))) {
    throw new DomainError(
      'conflict',
      `Port ${api} is taken. Choose another with --port, or leave it out to have a free one.`,
    );
  }
  const path = join(stateDir, 'ports.json');
  const known = remembered.parse(readJson(path)) ?? {};
  const taken = new Set<number>(api === undefined ? [] : [api]);
  const settle = async (name: PortName): Promise<number> => {
    const wished = known[name] ?? (from === 'usual' ? usualPorts[name] : undefined);
    const port = await freePort(wished, taken);
    taken.add(port);
    return port;
  };
  const ports: Ports = {
    api: api ?? (await settle('api')),
    temporal: await settle('temporal'),
    temporalUi: await settle('temporalUi'),
    mongodb: await settle('mongodb'),
    smtp: await settle('smtp'),
    mailbox: await settle('mailbox'),
    gateway: await settle('gateway'),
    workerMetrics: await settle('workerMetrics'),
    apiMetrics: await settle('apiMetrics'),
  };
  writeJson(path, ports);
  return ports;
}

/** The wished one, or else one that nobody listens to. */
export async function freePort(
  wished: number | undefined,
  taken: ReadonlySet<number>,
): Promise<number> {
  let port = wished ?? randomInt(lowest, highest);
  while (taken.has(port) || !(await isFree(port))) port = randomInt(lowest, highest);
  return port;
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer().listen(port, '127.0.0.1');
  try {
    await once(server, 'listening');
    return true;
  } catch {
    return false;
  } finally {
    server.close();
  }
}
