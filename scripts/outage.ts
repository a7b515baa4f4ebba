import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { offer, repeat, type Answer, type Load } from './outage/load';
import { journey, journeyId } from './outage/shop';
import { isPending, misapplied } from './outage/verdict';
import { createClient, type Client } from './survive/shop';
import { ended, readStack, startStack, until, untilUp, type StackJson } from './survive/stack';

// In real time, since an outage must be shorter than what exits look back.
const timeScale = 1;
const answerWithinMs = 2_000;
const leadMs = 1_000;
const settleWithinMs = 600_000;

type Phase = Readonly<{ part: string; answers: readonly Answer[]; from: number; to: number }>;

/**
 * Temporal, then the store, fall silent for a while under a steady load. Their processes are
 * stopped, not ended, like behind a network that swallows everything. The expected result of each
 * event follows from the events sent alone.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      seconds: { type: 'string', default: '60' },
      rate: { type: 'string', default: '200' },
    },
  });
  const load = { seconds: Number(values.seconds), perSecond: Number(values.rate) };
  const stateDir = mkdtempSync(join(tmpdir(), 'itinera-outage-'));
  const child = startStack(stateDir, timeScale);
  const client = createClient(() => readStack(stateDir));
  try {
    const stack = await untilUp(stateDir, child.pid ?? 0);
    await client.call({ method: 'PUT', path: `/v1/journeys/${journeyId}`, body: journey });
    const temporal = await withoutTemporal(stack, client, load);
    const store = await withoutStore(stack, client, load);
    const isSound = temporal.faults.length + store.faults.length === 0;
    process.stdout.write(`${JSON.stringify({ ...load, temporal, store }, null, 2)}\n`);
    process.exitCode = isSound ? 0 : 1;
  } finally {
    await ended(child);
    rmSync(stateDir, { recursive: true, force: true });
  }
}

type Offered = Omit<Load, 'phase'>;

/** Every event is acknowledged all the same, and applied once when Temporal is back. */
async function withoutTemporal(stack: StackJson, client: Client, offered: Offered) {
  const phase = await stopDuring(stack, 'temporal', offered);
  const refused = phase.answers.filter(({ status }) => status !== 202);
  return judge({ stack, client }, phase, refused.map(spokenOf));
}

/**
 * Every request is refused in time and asked to come back. An acknowledged event is applied once.
 */
async function withoutStore(stack: StackJson, client: Client, offered: Offered) {
  const phase = await stopDuring(stack, 'store', offered);
  const wrong = phase.answers.filter((answer) => !isRight(answer, phase));
  return judge({ stack, client }, phase, wrong.map(spokenOf));
}

/** Offers the load a second longer on either side than the part is stopped. */
async function stopDuring(stack: StackJson, part: string, offered: Offered): Promise<Phase> {
  const pid = stack.processes[part];
  if (pid === undefined)
    throw new Error(`stack.json names no ${part}: this one is not the stack's`);
  const seconds = offered.seconds + (2 * leadMs) / 1_000;
  const offering = offer(stack, { ...offered, seconds, phase: part });
  await pause(leadMs);
  process.kill(pid, 'SIGSTOP');
  const from = performance.now();
  try {
    await pause(offered.seconds * 1_000);
  } finally {
    process.kill(pid, 'SIGCONT');
  }
  const to = performance.now();
  return { part, answers: await offering, from, to };
}

function isRight({ status, sentAt, tookMs, retryAfterS }: Answer, { from, to }: Phase): boolean {
  const wasStopped = sentAt > from && sentAt + tookMs < to;
  const isRefusal = status === 503 && retryAfterS >= 1 && retryAfterS <= 5;
  return tookMs <= answerWithinMs && (isRefusal || (status === 202 && !wasStopped));
}

function spokenOf({ event, status, tookMs, retryAfterS }: Answer): string {
  return `${event.id}: answered ${status} after ${Math.round(tookMs)} ms, Retry-After ${retryAfterS}`;
}

/** Sends again every refused event, waits until nothing is pending, and compares. */
async function judge(
  { stack, client }: Readonly<{ stack: StackJson; client: Client }>,
  phase: Phase,
  wronglyAnswered: readonly string[],
) {
  const { answers } = phase;
  const refused = answers.filter(({ status }) => status !== 202);
  const repeats = await repeat(stack, refused);
  const began = Date.now();
  await until(
    'nothing is pending',
    async () => ((await isPending(client)) ? undefined : true),
    settleWithinMs,
  ).catch(() => undefined);
  const settledAfterMs = Date.now() - began;
  const acknowledged = [...answers, ...repeats].filter(({ status }) => status === 202);
  const faults = [...wronglyAnswered, ...(await misapplied(client, acknowledged))];
  return { ...seenOf(phase), settledAfterMs, faults };
}

function seenOf({ answers }: Phase) {
  const count = (wanted: number) => answers.filter(({ status }) => status === wanted).length;
  return {
    sent: answers.length,
    acknowledged: count(202),
    refused: count(503),
    slowestMs: Math.round(Math.max(...answers.map(({ tookMs }) => tookMs))),
  };
}

void main();
