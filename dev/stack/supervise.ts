import { DomainError } from '../../src/core/domain-error';
import { keepAlive, type KeptPart } from './keep-alive';
import { lockStateFolder } from './lock';
import { endOrphans } from './processes/orphans';
import type { Part } from './parts/part';
import { startWarden } from './warden/start-warden';
import { readStackFile, removeStackFile, writeStackFile, type StackFile } from './stack-file';

/**
 * What runs where: the parts of a tier are started together, once those of the tier before work.
 */
export type StackPlan = Readonly<{
  facts: Omit<StackFile, 'processes' | 'commands'>;
  tiers: readonly (readonly Part[])[];
  /** Done once, before the last tier is started: what the stack promises is there when it is up. */
  preparation?: Preparation | undefined;
}>;

/** A part that runs only while `work` is done. */
export type Preparation = Readonly<{ part: Part; work: () => Promise<void> }>;

export type Supervision = Readonly<{
  stateDir: string;
  /** Called when the folder is locked and no part of an earlier stack is left in it. */
  plan: () => Promise<StackPlan>;
  log: (line: string) => void;
  /** Stops a start that is under way. */
  signal?: AbortSignal;
}>;

export type Supervised = Readonly<{
  facts: StackPlan['facts'];
  /** Ends every part, last tier first, and gives the folder back. */
  stop: () => Promise<void>;
}>;

/**
 * Brings the parts up, keeps them up and keeps `stack.json` true. Throws DomainError `conflict`
 * when the folder is in use, `unavailable` when a part cannot be brought up; then nothing is left
 * running.
 */
export async function supervise({ stateDir, plan, log, signal }: Supervision): Promise<Supervised> {
  const unlock = lockStateFolder(stateDir);
  const warden = startWarden(stateDir);
  const tiersUp: (readonly KeptPart[])[] = [];
  const stop = async (): Promise<void> => {
    for (const tier of tiersUp.splice(0).reverse()) {
      await Promise.all(tier.map((part) => part.stop()));
    }
    removeStackFile(stateDir);
    await warden.dismiss();
    unlock();
  };
  try {
    const left = readStackFile(stateDir);
    if (left) await endOrphans(left, log);
    const { facts, tiers, preparation } = await plan();
    const record = recorder(stateDir, facts);
    const bringUp = async (tier: readonly Part[]) => {
      const started = tier.map((part) => keepAlive(part, { log, onStart: record }));
      tiersUp.push(started);
      await untilAborted(Promise.all(started.map(({ ready }) => ready)), signal);
    };
    for (const tier of tiers.slice(0, -1)) await bringUp(tier);
    if (preparation) {
      await bringUp([preparation.part]);
      await untilAborted(preparation.work(), signal);
      await Promise.all((tiersUp.pop() ?? []).map((part) => part.stop()));
    }
    for (const tier of tiers.slice(-1)) await bringUp(tier);
    return { facts, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Writes the file at once at each start, so that a killed stack names every process it started. */
function recorder(stateDir: string, facts: StackPlan['facts']): (part: Part, pid: number) => void {
  const processes: Record<string, number> = { stack: process.pid };
  const commands: Record<string, string> = {};
  return ({ name, args }, pid) => {
    processes[name] = pid;
    commands[name] = args.join(' ');
    writeStackFile(stateDir, { ...facts, processes, commands });
  };
}

function untilAborted<Value>(work: Promise<Value>, signal?: AbortSignal): Promise<Value> {
  if (!signal) return work;
  return new Promise((resolve, reject) => {
    const stopped = () => {
      reject(new DomainError('unavailable', 'Stopped before everything was up.'));
    };
    if (signal.aborted) stopped();
    signal.addEventListener('abort', stopped, { once: true });
    work.then(resolve, reject).finally(() => {
      signal.removeEventListener('abort', stopped);
    });
  });
}
