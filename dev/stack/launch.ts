import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { projectFolder } from '../project-folder';
import type { Part } from './parts/part';

/** A started process. `ended` resolves with a phrase for people, also when it never started. */
export type Launched = Readonly<{
  pid: number | undefined;
  ended: Promise<string>;
  /** Asks it to end, insists after `graceMs`, and resolves when it is gone. */
  end: (graceMs: number) => Promise<void>;
}>;

const lastLinesMs = 200;

/** glibc keeps what a thread has freed in an arena, and makes eight for each processor. */
const fewArenas = { MALLOC_ARENA_MAX: '2' };

/**
 * Starts a part in a process group of its own, so that Ctrl-C reaches the stack alone, which ends
 * its parts in order.
 */
export function launch(part: Part, onLine: (line: string) => void): Launched {
  const child = spawn(part.file, part.args, {
    cwd: projectFolder,
    env: { ...fewArenas, ...part.env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  for (const input of [child.stdout, child.stderr]) createInterface({ input }).on('line', onLine);
  const ended = endOf(child);
  return {
    pid: child.pid,
    ended,
    end: async (graceMs) => {
      child.kill('SIGTERM');
      const insist = setTimeout(() => child.kill('SIGKILL'), graceMs);
      await ended;
      clearTimeout(insist);
    },
  };
}

/** Waits a moment for what the process wrote last, which may still be in the pipe. */
async function endOf(child: ChildProcess): Promise<string> {
  const closed = new Promise<void>((resolve) =>
    child.once('close', () => {
      resolve();
    }),
  );
  const how = await new Promise<string>((resolve) => {
    child.once('error', (error) => {
      resolve(`cannot be started: ${error.message}`);
    });
    child.once('exit', (code, signal) => {
      resolve(signal ? `was ended by ${signal}` : `ended with exit code ${code ?? 'unknown'}`);
    });
  });
  await Promise.race([closed, delay(lastLinesMs, undefined, { ref: false })]);
  return how;
}
