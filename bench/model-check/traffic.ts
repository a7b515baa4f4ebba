import { setTimeout as pause } from 'node:timers/promises';
import { closedLoop, type Round } from '../closed-loop';
import { cpuOf } from '../cpu';
import { exponential } from '../model/draws';
import { delaysOf, type Delays } from '../model/outcome';
import type { Cost } from '../model/service-times';

/** What was measured of some events: their rate, their delays, and the CPU of each by process. */
export type Traffic = Readonly<{ perSecond: number; delays: Delays; cpuMs: Cost }>;

type Send = (n: number) => Promise<void>;
type Processes = Readonly<Record<string, number>>;

/** The CPU that processes use in a second while nothing comes. */
export async function restOf(processes: Processes, seconds: number): Promise<Cost> {
  const before = cpuOf(processes);
  await pause(seconds * 1_000);
  return differences(before, cpuOf(processes), seconds);
}

export async function inLanes(processes: Processes, round: Round, send: Send): Promise<Traffic> {
  return measured({ processes, rest: {}, send }, (timed) => closedLoop(round, timed));
}

/** At random instants, answered or not. The CPU of a rest is taken away. */
export async function atRate(
  processes: Processes,
  { perSecond, seconds, rest, random }: Rate,
  send: Send,
): Promise<Traffic> {
  const offer = async (timed: Send) => {
    const sent: Promise<void>[] = [];
    const began = performance.now();
    let due = 0;
    while (due < seconds * 1_000) {
      for (; due <= performance.now() - began; due += (exponential(random) * 1_000) / perSecond)
        sent.push(timed(sent.length));
      await pause(Math.max(0, due - (performance.now() - began)));
    }
    await Promise.all(sent);
  };
  return measured({ processes, rest, send }, offer);
}

type Rate = Readonly<{ perSecond: number; seconds: number; rest: Cost; random: () => number }>;

type Given = Readonly<{ processes: Processes; rest: Cost; send: Send }>;

async function measured(
  { processes, rest, send }: Given,
  work: (timed: Send) => Promise<void>,
): Promise<Traffic> {
  const took: number[] = [];
  const before = cpuOf(processes);
  const began = performance.now();
  await work(async (n) => {
    const at = performance.now();
    await send(n);
    took.push(performance.now() - at);
  });
  const seconds = (performance.now() - began) / 1_000;
  const used = differences(before, cpuOf(processes), 1);
  const each = Object.entries(used).map(
    ([name, ms]) => [name, Math.max(0, ms - (rest[name] ?? 0) * seconds) / took.length] as const,
  );
  return {
    perSecond: took.length / seconds,
    delays: delaysOf(took),
    cpuMs: Object.fromEntries(each),
  };
}

function differences(before: Cost, after: Cost, by: number): Cost {
  return Object.fromEntries(
    Object.entries(after).map(([name, ms]) => [name, (ms - (before[name] ?? 0)) / by]),
  );
}
