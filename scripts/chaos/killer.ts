import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { failpoints } from '../../src/process/failpoints/failpoints';
import { readStack, until } from '../survive/stack';
import type { Random } from './random';

/** One kill: of a part at any moment, or of whichever process passes a failpoint next. */
export type Kill = Readonly<{ failpoint: string; hit: boolean }>;

const parts = ['api', 'worker', 'temporal', 'store'];

type Setting = Readonly<{
  stateDir: string;
  failpointFile: string;
  random: Random;
  kills: number;
}>;

/**
 * Kills one process after the other, until there were enough. Every failpoint is used before any is
 * used again.
 */
export async function keepKilling(setting: Setting): Promise<readonly Kill[]> {
  const { random, kills } = setting;
  const orders = Array.from({ length: kills }, (_, n) =>
    n % 3 === 2
      ? random.pick(parts)
      : (failpoints[(n - Math.floor(n / 3)) % failpoints.length] ?? ''),
  );
  const done: Kill[] = [];
  for (const order of orders) {
    done.push(
      parts.includes(order) ? await killAtRandom(setting, order) : await killAt(setting, order),
    );
    await pause(300 + random.below(1_200));
  }
  return done;
}

async function killAtRandom({ stateDir }: Setting, part: string): Promise<Kill> {
  const pid = await until(`${part} runs`, () => Promise.resolve(killed(stateDir, part)));
  await until(`${part} is back`, () =>
    Promise.resolve(readStack(stateDir).processes[part] === pid ? undefined : true),
  );
  return { failpoint: part, hit: true };
}

/** The process that was killed; undefined while the part is down already. */
function killed(stateDir: string, part: string): number | undefined {
  const pid = readStack(stateDir).processes[part];
  if (pid === undefined) return undefined;
  try {
    process.kill(pid, 'SIGKILL');
    return pid;
  } catch {
    return undefined;
  }
}

async function killAt(setting: Setting, failpoint: string): Promise<Kill> {
  const hit =
    failpoint === 'in-redrive'
      ? await killInRedrive(setting)
      : await isMet(setting, { failpoint, nth: 1 + setting.random.below(3) }, 60_000);
  return { failpoint, hit };
}

/**
 * Leaves something owed first, because the re-drive finds only that. Another event of the contact
 * may settle it sooner.
 */
async function killInRedrive(setting: Setting): Promise<boolean> {
  for (let attempt = 0; attempt < 6; attempt += 1) {
    await isMet(setting, { failpoint: 'before-mark', nth: 1 }, 60_000);
    if (await isMet(setting, { failpoint: 'in-redrive', nth: 1 }, 15_000)) return true;
  }
  return false;
}

type Order = Readonly<{ failpoint: string; nth: number }>;

/** Orders a death and waits for it; an order nobody met in time is withdrawn by the next. */
export async function isMet(
  { failpointFile }: Pick<Setting, 'failpointFile'>,
  order: Order,
  limitMs: number,
): Promise<boolean> {
  writeFileSync(failpointFile, JSON.stringify(order));
  const before = hitsIn(failpointFile);
  const deadline = Date.now() + limitMs;
  while (hitsIn(failpointFile) === before) {
    if (Date.now() > deadline) return false;
    await pause(50);
  }
  return true;
}

function hitsIn(failpointFile: string): number {
  const file = `${failpointFile}.hits`;
  return existsSync(file) ? readFileSync(file, 'utf8').split('\n').length : 0;
}
