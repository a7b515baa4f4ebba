import { readdirSync, readFileSync } from 'node:fs';

/**
 * Milliseconds of CPU that processes have used, with those of unlisted children. Zeros without
 * /proc.
 */
export function cpuOf(
  processes: Readonly<Record<string, number>>,
): Readonly<Record<string, number>> {
  const all = readAll();
  const listed = new Set(Object.values(processes));
  return Object.fromEntries(
    Object.entries(processes).map(([name, pid]) => {
      const isOwn = (one: Used) => one.parent === pid && !listed.has(one.pid);
      const own = all.filter((one) => one.pid === pid || isOwn(one));
      return [name, own.reduce((sum, { ms }) => sum + ms, 0)];
    }),
  );
}

type Used = Readonly<{ pid: number; parent: number; ms: number }>;

const msPerTick = 10;

function readAll(): readonly Used[] {
  try {
    const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
    return pids.flatMap(readOne);
  } catch {
    return [];
  }
}

/** A process may end while it is looked at. */
function readOne(pid: string): readonly Used[] {
  try {
    const [, fields = ''] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(/\) /);
    const [, parent, ...rest] = fields.split(' ');
    const ms =
      (Number(rest[9]) + Number(rest[10]) + Number(rest[11]) + Number(rest[12])) * msPerTick;
    return [{ pid: Number(pid), parent: Number(parent), ms }];
  } catch {
    return [];
  }
}
