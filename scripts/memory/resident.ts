import { readdirSync, readFileSync } from 'node:fs';

const kilobytes = 1024;

/**
 * Megabytes of memory that each process holds, its children included. It is the proportional set
 * size, in which shared pages are divided among those who share them; Linux alone tells it.
 */
export function residentOf(
  processes: Readonly<Record<string, number>>,
): Readonly<Record<string, number>> {
  const listed = new Set(Object.values(processes));
  const parents = readParents();
  const sizeOf = (pid: number): number =>
    [...parents]
      .filter(([child, parent]) => parent === pid && !listed.has(child))
      .reduce((sum, [child]) => sum + sizeOf(child), proportionalSize(pid));
  return Object.fromEntries(
    Object.entries(processes).map(([name, pid]) => [name, Math.round(sizeOf(pid))]),
  );
}

function readParents(): ReadonlyMap<number, number> {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return new Map(pids.map((pid) => [Number(pid), parentOf(pid)]));
}

function parentOf(pid: string): number {
  const [, fields = ''] = contentOf(`/proc/${pid}/stat`).split(/\) /);
  return Number(fields.split(' ')[1] ?? 0);
}

function proportionalSize(pid: number): number {
  const [, size = '0'] = /^Pss:\s+(\d+)/m.exec(contentOf(`/proc/${pid}/smaps_rollup`)) ?? [];
  return Number(size) / kilobytes;
}

/** A process may end while it is looked at. */
function contentOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
