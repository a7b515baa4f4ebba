import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { projectFolder } from '../../dev/project-folder';
import { readStack } from '../survive/stack';
import type { Service } from './honest';
import type { Attack, Setting } from './setting';
import { vitalsOf, type Vitals } from './vitals';

type Siege = Readonly<{
  stateDir: string;
  honestKey: string;
  /** The events that the honest customer sends in a second. */
  rate: number;
  /** The 99th percentile of its answers may take so many milliseconds. */
  withinMs: number;
  rounds: number;
}>;

export type Outcome = Readonly<{
  item: number;
  name: string;
  round: number;
  tookMs: number;
  service: Service;
  vitals: Vitals;
  faults: readonly string[];
}>;

const parts = ['api', 'worker', 'store', 'temporal'];
/** A further round may take so many times the memory that the one before has left. */
const mostGrowth = 1.25;

/** Runs the attacks round by round, and asks after each how the honest customer was served. */
export async function besiege(
  { stateDir, honestKey, rate, withinMs, rounds }: Siege,
  attacks: readonly Attack[],
  settingOf: (round: number) => Setting,
): Promise<readonly Outcome[]> {
  const { api } = readStack(stateDir);
  const child = fork(join(projectFolder, 'scripts/attack/honest.ts'), [api, honestKey, `${rate}`], {
    execArgv: ['--import', 'tsx'],
  });
  const serviceSince = async (): Promise<Service> => {
    const answered = once(child, 'message');
    child.send('tell');
    const [service] = (await answered) as [Service];
    return service;
  };
  const outcomes: Outcome[] = [];
  try {
    for (let round = 1; round <= rounds; round += 1)
      for (const { item, name, run } of attacks) {
        const before = vitalsIn(stateDir);
        await serviceSince();
        const began = performance.now();
        const found = await run(settingOf(round)).catch((error: unknown) => [String(error)]);
        const tookMs = Math.round(performance.now() - began);
        const service = await serviceSince();
        const vitals = vitalsIn(stateDir);
        const faults = [...found, ...harm(service, withinMs), ...deaths(before, vitals)];
        outcomes.push({ item, name, round, tookMs, service, vitals, faults });
        process.stdout.write(`${JSON.stringify(outcomes.at(-1))}\n`);
      }
  } finally {
    child.disconnect();
  }
  return outcomes;
}

function vitalsIn(stateDir: string): Vitals {
  return vitalsOf(readStack(stateDir).processes, parts);
}

function harm({ sent, refused, p99 }: Service, withinMs: number): readonly string[] {
  const statuses = Object.entries(refused).map(
    ([status, times]) => `the honest customer heard ${status} in ${times} of ${sent} cases`,
  );
  return p99 > withinMs ? [...statuses, `the honest customer waited ${p99} ms (p99)`] : statuses;
}

function deaths(before: Vitals, after: Vitals): readonly string[] {
  return parts
    .filter((part) => before[part]?.pid !== after[part]?.pid)
    .map((part) => `${part} has died`);
}

/** Compares what api and worker take at the end of each round with the end of the one before. */
export function growthIn(outcomes: readonly Outcome[], rounds: number): readonly string[] {
  const ends = Array.from({ length: rounds }, (_, n) =>
    outcomes.findLast(({ round }) => round === n + 1),
  );
  return ends.flatMap((end, n) => {
    const previous = ends[n - 1];
    return ['api', 'worker'].flatMap((part) => {
      const [from = 0, to = 0] = [previous, end].map((each) => each?.vitals[part]?.megabytes);
      return from > 0 && to > from * mostGrowth
        ? [`round ${n + 1} has taken ${part} from ${from} to ${to} MB`]
        : [];
    });
  });
}
