import { execFileSync } from 'node:child_process';

/** The processes of a stack by part, and the megabytes of each with all its children. */
export type Vitals = Readonly<Record<string, Readonly<{ pid: number; megabytes: number }>>>;

type Process = Readonly<{ pid: number; parent: number; kilobytes: number }>;

export function vitalsOf(parts: Readonly<Record<string, number>>, names: readonly string[]) {
  const processes = listed();
  const entries = names.map((name) => {
    const pid = parts[name] ?? 0;
    return [name, { pid, megabytes: Math.round(kilobytesUnder(pid, processes) / 1_024) }] as const;
  });
  return Object.fromEntries(entries) satisfies Vitals;
}

function listed(): readonly Process[] {
  const text = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,rss='], { encoding: 'utf8' });
  return text.split('\n').map((line) => {
    const [pid = 0, parent = 0, kilobytes = 0] = line.trim().split(/\s+/).map(Number);
    return { pid, parent, kilobytes };
  });
}

function kilobytesUnder(pid: number, processes: readonly Process[]): number {
  return processes
    .filter((each) => each.pid === pid || each.parent === pid)
    .reduce((sum, { kilobytes }) => sum + kilobytes, 0);
}
