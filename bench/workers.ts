import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { ended, readStack } from '../scripts/survive/stack';
import { probed } from './heap/heap';

/** A worker process that is started again when it is killed. */
export type MortalWorker = Readonly<{
  pid: () => number;
  /** Kills it, and resolves when its successor is spawned. In real milliseconds. */
  kill: () => Promise<Readonly<{ killedAt: number; spawnedAt: number }>>;
}>;

export type BareWorker = MortalWorker & Readonly<{ end: () => Promise<void> }>;

const pollMs = 5;

/** The worker of the stack, which is spawned again by the stack. */
export function stackWorker(stateDir: string): MortalWorker {
  const pid = () => readStack(stateDir).processes['worker'] ?? 0;
  return {
    pid,
    kill: async () => {
      const killed = pid();
      process.kill(killed, 'SIGKILL');
      const killedAt = Date.now();
      while (pid() === killed) await pause(pollMs);
      return { killedAt, spawnedAt: Date.now() };
    },
  };
}

/** The worker of the bare workflows; `args` are its own. */
export function startBareWorker(args: readonly string[]): BareWorker {
  const spawned = (): ChildProcess =>
    spawn(
      process.execPath,
      [...probed, '--import', 'tsx', join(__dirname, 'baseline/worker.ts'), ...args],
      { stdio: ['ignore', 'ignore', 'inherit'] },
    );
  let child = spawned();
  return {
    pid: () => child.pid ?? 0,
    kill: async () => {
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      const killedAt = Date.now();
      await gone;
      child = spawned();
      return { killedAt, spawnedAt: Date.now() };
    },
    end: () => ended(child),
  };
}
