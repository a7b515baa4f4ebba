import { setTimeout as pause } from 'node:timers/promises';
import type { StackJson } from '../survive/stack';
import { bodyOf, eventOf, eventsPerCart, type ShopEvent } from './shop';

/**
 * The client's view of a request. `status` 0 stands for no answer at all. Instants are of a steady
 * clock.
 */
export type Answer = Readonly<{
  event: ShopEvent;
  status: number;
  retryAfterS: number;
  sentAt: number;
  tookMs: number;
}>;

export async function send({ api, apiKey }: StackJson, event: ShopEvent): Promise<Answer> {
  const sentAt = performance.now();
  const response = await fetch(`${api}/v1/events`, {
    method: 'POST',
    headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
    body: JSON.stringify(bodyOf(event)),
    signal: AbortSignal.timeout(30_000),
  }).catch(() => undefined);
  await response?.arrayBuffer().catch(() => undefined);
  return {
    event,
    status: response?.status ?? 0,
    retryAfterS: Number(response?.headers.get('retry-after') ?? Number.NaN),
    sentAt,
    tookMs: performance.now() - sentAt,
  };
}

export type Load = Readonly<{ phase: string; perSecond: number; seconds: number }>;

const tickMs = 20;

/**
 * Sends at a steady rate, however slow the answers are. It fills and buys a whole number of carts.
 */
export async function offer(
  stack: StackJson,
  { phase, perSecond, seconds }: Load,
): Promise<readonly Answer[]> {
  const total = Math.ceil((perSecond * seconds) / eventsPerCart) * eventsPerCart;
  const began = performance.now();
  const answers: Promise<Answer>[] = [];
  while (answers.length < total) {
    const due = Math.min(total, ((performance.now() - began) * perSecond) / 1_000);
    while (answers.length < due) answers.push(send(stack, eventOf(phase, answers.length)));
    await pause(tickMs);
  }
  return Promise.all(answers);
}

/**
 * Sends a refused event again, as a client would, until it is taken. The first try counts: it may
 * have come through.
 */
export async function repeat(
  stack: StackJson,
  refused: readonly Answer[],
): Promise<readonly Answer[]> {
  const answers: Answer[] = [];
  for (const { event, sentAt } of refused) {
    const answer = await sendUntilTaken(stack, event);
    answers.push({ ...answer, sentAt, tookMs: answer.sentAt + answer.tookMs - sentAt });
  }
  return answers;
}

async function sendUntilTaken(stack: StackJson, event: ShopEvent): Promise<Answer> {
  const answer = await send(stack, event);
  if (answer.status !== 503 && answer.status !== 0) return answer;
  await pause((answer.retryAfterS || 1) * 1_000);
  return sendUntilTaken(stack, event);
}
