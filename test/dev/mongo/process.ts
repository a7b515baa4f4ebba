import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { z } from 'zod';
import { loadDevConfig } from '../../../src/process/config';
import { projectFolder } from '../../../dev/project-folder';

export type StoreProcess = Readonly<{
  uri: string;
  /** Ends the process by the signal; answers its exit code, null when the signal killed it. */
  end: (signal: NodeJS.Signals) => Promise<number | null>;
}>;

/** Runs the development store over `file` as a process of its own. */
export async function runStore(file: string): Promise<StoreProcess> {
  const args = ['--import', 'tsx', 'dev/mongo/main.ts', '--port', '0', '--file', file];
  const child = spawn(process.execPath, args, {
    cwd: projectFolder,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const { port } = await readinessIn(child.stdout);
  return {
    uri: `mongodb://127.0.0.1:${port}/?directConnection=true`,
    end: async (signal) => {
      const exited = once(child, 'exit');
      child.kill(signal);
      await exited;
      return child.exitCode;
    },
  };
}

/** What the store says and the code it ends with when it does not start. */
export async function refusedStore(env: Readonly<Record<string, string>>) {
  const child = spawn(process.execPath, ['--import', 'tsx', 'dev/mongo/main.ts'], {
    cwd: projectFolder,
    env: { ...loadDevConfig().inherited, ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const lines: string[] = [];
  createInterface(child.stderr).on('line', (line) => lines.push(line));
  await once(child, 'close');
  return { code: child.exitCode, said: lines.join('\n') };
}

async function readinessIn(output: Readable): Promise<Readonly<{ port: number }>> {
  for await (const line of createInterface(output)) {
    return z.object({ ready: z.literal(true), port: z.number() }).parse(JSON.parse(line));
  }
  throw new Error('The store ended before it was ready');
}
