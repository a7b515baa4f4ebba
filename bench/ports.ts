import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';

/** Ports of this machine that are free now, below those that systems lend to outgoing connections. */
export async function freePorts(count: number): Promise<readonly number[]> {
  const found = new Set<number>();
  while (found.size < count) {
    const port = randomInt(15_000, 20_000);
    const server = createServer().listen(port, '127.0.0.1');
    try {
      await once(server, 'listening');
      found.add(port);
    } catch {
      continue;
    } finally {
      server.close();
    }
  }
  return [...found];
}
