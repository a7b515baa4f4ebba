import { setTimeout as pause } from 'node:timers/promises';

/** `isOver` is asked before each call, with the number of calls before it. */
export type Pace = Readonly<{ perSecond: number; isOver: (calls: number) => boolean }>;

/** Calls at a steady rate, answered or not. Resolves once all are answered. */
export async function openLoop(
  { perSecond, isOver }: Pace,
  call: (n: number) => Promise<void>,
): Promise<void> {
  const began = performance.now();
  const calls: Promise<void>[] = [];
  while (!isOver(calls.length)) {
    calls.push(call(calls.length));
    const next = began + (calls.length * 1_000) / perSecond;
    await pause(Math.max(0, next - performance.now()));
  }
  await Promise.all(calls);
}
