import { setTimeout as delay } from 'node:timers/promises';
import { commandOf, sendSignal } from './processes';
import type { StackFile } from '../stack-file';

const graceMs = 5_000;
const pollMs = 50;

type Orphan = Readonly<{ name: string; pid: number; isAlive: () => boolean }>;

/**
 * Ends the parts that a killed stack left behind, and only those: another process that took over an
 * id is spared.
 */
export async function endOrphans(left: StackFile, log: (line: string) => void): Promise<void> {
  const orphans = Object.entries(left.processes)
    .map(([name, pid]) => orphanOf(name, pid, left.commands[name]))
    .filter((orphan) => orphan.isAlive());
  await Promise.all(
    orphans.map(async (orphan) => {
      log(`[stack] ending ${orphan.name} (${orphan.pid}), left by a stack that was killed`);
      await end(orphan);
    }),
  );
}

function orphanOf(name: string, pid: number, command: string | undefined): Orphan {
  return {
    name,
    pid,
    isAlive: () => command !== undefined && (commandOf(pid)?.endsWith(command) ?? false),
  };
}

async function end({ pid, isAlive }: Orphan): Promise<void> {
  sendSignal(pid, 'SIGTERM');
  const deadline = Date.now() + graceMs;
  while (isAlive()) {
    if (Date.now() > deadline) sendSignal(pid, 'SIGKILL');
    await delay(pollMs);
  }
}
