import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { openEngine, type Engine } from '../engine';
import { serve } from '../serve';

export type StoreOptions = Readonly<{
  /** 0 takes a free port. */
  port: number;
  host?: string;
  /** Where the data is kept; without it everything ends with the store. */
  file?: string;
  /** How often expired documents are removed. */
  sweepEveryMs?: number;
  /** Epoch milliseconds. */
  now?: () => number;
}>;

export type Store = Readonly<{
  port: number;
  uri: string;
  /** Ends all connections; what was acknowledged stays in the file. */
  close: () => Promise<void>;
}>;

/**
 * Starts a small stand-in for MongoDB, for development and tests: real drivers speak to it as to a
 * stand-alone server. No transactions, retryable writes, change streams or collations: what it does
 * not know it refuses. Every command runs alone, and is written to `file` before it is answered;
 * see `Log` for what survives. Throws when the port is taken or the file is damaged.
 */
export async function startStore({
  port,
  host = '127.0.0.1',
  file,
  sweepEveryMs = 5_000,
  now = Date.now,
}: StoreOptions): Promise<Store> {
  const server = createServer();
  const taken = await listen(server, port, host);
  const engine = openOrClose(server, () => openEngine(file, now));
  const connections = serve(server, engine.answer);
  const sweep = setInterval(engine.sweep, sweepEveryMs).unref();
  return {
    port: taken,
    uri: `mongodb://${host}:${taken}/itinera?directConnection=true`,
    close: async () => {
      clearInterval(sweep);
      await connections.close();
      engine.close();
    },
  };
}

/**
 * The port comes before the file, so that a second store on the same port leaves the file alone.
 */
async function listen(server: Server, port: number, host: string): Promise<number> {
  server.listen(port, host);
  await once(server, 'listening');
  const address = server.address();
  return typeof address === 'object' && address ? address.port : port;
}

function openOrClose(server: Server, open: () => Engine): Engine {
  try {
    return open();
  } catch (error) {
    server.close();
    throw error;
  }
}
