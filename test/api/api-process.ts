import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { z } from 'zod';
import { loadDevConfig } from '../../src/process/config';
import { projectFolder } from '../../dev/project-folder';

export type ApiProcess = Readonly<{
  port: number;
  url: string;
  key: string;
  signal: (signal: NodeJS.Signals) => void;
  /** Resolves with the exit code; null where a signal killed it. */
  ended: Promise<number | null>;
}>;

const key = 'key-of-the-process';

/** Runs the api as a process of its own, on a free port, with a Temporal that is not there. */
export async function runApi(
  mongodbUri: string,
  more: Readonly<Record<string, string>> = {},
): Promise<ApiProcess> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/api/main.ts'], {
    cwd: projectFolder,
    env: {
      ...loadDevConfig().inherited,
      PORT: '0',
      MONGODB_URI: mongodbUri,
      TEMPORAL_ADDRESS: '127.0.0.1:1',
      ITINERA_API_KEY: key,
      LOG_LEVEL: 'info',
      ...more,
    },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const ended = once(child, 'exit').then(() => child.exitCode);
  const port = await portIn(child.stdout);
  return {
    port,
    url: `http://127.0.0.1:${port}`,
    key,
    signal: (signal) => child.kill(signal),
    ended,
  };
}

async function portIn(output: Readable): Promise<number> {
  const lines = createInterface(output);
  for await (const line of lines) {
    const { port } = z.looseObject({ port: z.number().optional() }).parse(JSON.parse(line));
    if (port === undefined) continue;
    output.resume();
    return port;
  }
  throw new Error('The api ended before it listened');
}
