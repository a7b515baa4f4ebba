import { setTimeout as pause } from 'node:timers/promises';
import { bodyOf, eventOf, eventsPerCart } from '../outage/shop';
import { connectionOf } from './connection';

/** What an honest customer has met since it was asked last; times in milliseconds. */
export type Service = Readonly<{
  sent: number;
  /** How often each other answer than 202 was heard. */
  refused: Readonly<Record<string, number>>;
  p50: number;
  p99: number;
  longest: number;
}>;

const tickMs = 10;

/** A process of its own, so that no work of an attacker's delays what it measures. */
function main(): void {
  const [api = '', apiKey = '', rate = '50'] = process.argv.slice(2);
  const answers: Answer[] = [];
  const connection = connectionOf(api, apiKey);
  void offer(Number(rate), async (body) => {
    const sentAt = performance.now();
    const { status, text } = await connection({ method: 'POST', path: '/v1/events', body });
    answers.push({ status, text, tookMs: performance.now() - sentAt });
  });
  process.on('message', () => process.send?.(serviceOf(answers.splice(0))));
  process.once('disconnect', () => process.exit(0));
}

type Answer = Readonly<{ status: number; text: string; tookMs: number }>;

async function offer(perSecond: number, send: (event: object) => Promise<void>): Promise<never> {
  const began = performance.now();
  for (let sent = 0; ;) {
    const due = ((performance.now() - began) * perSecond) / 1_000;
    for (; sent < due; sent += 1) void send(visitOf(sent));
    await pause(tickMs);
  }
}

/** Of ten visits one fills a cart and buys it; the others look. A look is the fourth of a cart. */
function visitOf(n: number): object {
  const visit = Math.floor(n / eventsPerCart);
  const place = visit % 10 === 0 ? n % eventsPerCart : 3;
  const event = eventOf('honest', visit * eventsPerCart + place);
  return bodyOf({ ...event, id: `honest-${n}` });
}

function serviceOf(answers: readonly Answer[]): Service {
  const took = answers.map(({ tookMs }) => tookMs).toSorted((one, other) => one - other);
  const at = (share: number) => Math.round(took[Math.floor((took.length - 1) * share)] ?? 0);
  const refused: Record<string, number> = {};
  for (const { status, text } of answers) {
    const told = `${status} ${/"detail":"[^"]*"/.exec(text)?.[0] ?? ''}`;
    if (status !== 202) refused[told] = (refused[told] ?? 0) + 1;
  }
  return { sent: answers.length, refused, p50: at(0.5), p99: at(0.99), longest: at(1) };
}

main();
