import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';

/** Where a server listens that only its guard may ask. */
export type HiddenAddress = Readonly<{ host: string; port: number }>;

/**
 * A free address that no web site guesses: any of 127.0.0.0/8 where the system has all of them, as
 * Linux does. Elsewhere only its port is unknown.
 */
export async function hiddenAddress(): Promise<HiddenAddress> {
  const host = `127.${randomInt(1, 255)}.${randomInt(1, 255)}.${randomInt(1, 255)}`;
  return (await freeAt(host)) ?? (await freeAt('127.0.0.1')) ?? { host, port: 0 };
}

async function freeAt(host: string): Promise<HiddenAddress | undefined> {
  const server = createServer().listen(0, host);
  try {
    await once(server, 'listening');
    return { host, port: (server.address() as AddressInfo).port };
  } catch {
    return undefined;
  } finally {
    server.close();
  }
}
