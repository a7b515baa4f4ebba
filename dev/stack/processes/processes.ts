import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

/**
 * The command line of a living process; undefined for one that is gone, or dead and not yet reaped.
 */
export function commandOf(pid: number): string | undefined {
  try {
    return (existsSync('/proc/self/cmdline') ? fromProc(pid) : fromPs(pid)).trim() || undefined;
  } catch {
    return undefined;
  }
}

function fromProc(pid: number): string {
  return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
}

function fromPs(pid: number): string {
  return execFileSync('ps', ['-ww', '-o', 'command=', '-p', String(pid)], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
}

/** Sends a signal; a process that is gone already is no error. */
export function sendSignal(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if (commandOf(pid) !== undefined) throw error;
  }
}
