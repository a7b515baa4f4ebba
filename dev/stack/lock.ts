import { existsSync, linkSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { DomainError } from '../../src/core/domain-error';
import { readJson, writeJson } from './json-file';
import { commandOf } from './processes/processes';

const holder = z.object({ pid: z.number(), command: z.string(), startedAt: z.number() });
type Holder = Readonly<z.infer<typeof holder>>;

/**
 * Takes a state folder for this process and returns what gives it back. Throws DomainError
 * `conflict` while another living process has it.
 */
export function lockStateFolder(stateDir: string): () => void {
  mkdirSync(stateDir, { recursive: true });
  const path = join(stateDir, 'lock');
  if (existsSync(path)) takeOver(path, stateDir);
  const mine = `${path}.${process.pid}`;
  writeJson(mine, thisProcess());
  try {
    linkSync(mine, path);
  } finally {
    rmSync(mine);
  }
  return () => {
    rmSync(path, { force: true });
  };
}

function takeOver(path: string, stateDir: string): void {
  const held = holder.safeParse(readJson(path));
  if (held.success && isRunning(held.data)) {
    throw new DomainError(
      'conflict',
      `${stateDir} is in use by the stack with process id ${held.data.pid}. Stop that one, or choose another folder with --state.`,
    );
  }
  rmSync(path);
}

/**
 * A process id may belong to another program by now, in a restarted container even to this very
 * process.
 */
function isRunning({ pid, command, startedAt }: Holder): boolean {
  if (pid === process.pid) return startedAt === thisProcess().startedAt;
  return commandOf(pid) === command;
}

function thisProcess(): Holder {
  return {
    pid: process.pid,
    command: commandOf(process.pid) ?? '',
    startedAt: Math.round(performance.timeOrigin),
  };
}
