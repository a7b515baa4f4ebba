import { setTimeout as pause } from 'node:timers/promises';
import { send, type Answer } from '../outage/load';
import { eventOf, eventsPerCart, type ShopEvent } from '../outage/shop';

/** What an honest customer has met since it was asked last; times in milliseconds. */
export type Service = Readonly<{
  sent: number;
  /** Every answer that was not 202, by status; 0 stands for no answer. */
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
  void offer({ api, apiKey, perSecond: Number(rate) }, (answer) => answers.push(answer));
  process.on('message', () => process.send?.(serviceOf(answers.splice(0))));
  process.once('disconnect', () => process.exit(0));
}

type Offered = Readonly<{ api: string; apiKey: string; perSecond: number }>;

async function offer(
  { perSecond, ...shop }: Offered,
  onAnswer: (answer: Answer) => void,
): Promise<never> {
  const began = performance.now();
  const stack = { ...shop, mailbox: '', processes: {} };
  for (let sent = 0; ;) {
    const due = ((performance.now() - began) * perSecond) / 1_000;
    for (; sent < due; sent += 1) void send(stack, visitOf(sent)).then(onAnswer);
    await pause(tickMs);
  }
}

/** Of ten visits one fills a cart and buys it; the others look. A look is the fourth of a cart. */
function visitOf(n: number): ShopEvent {
  const visit = Math.floor(n / eventsPerCart);
  const place = visit % 10 === 0 ? n % eventsPerCart : 3;
  const { id: _id, ...event } = eventOf('honest', visit * eventsPerCart + place);
  return { ...event, id: `honest-${n}` };
}

function serviceOf(answers: readonly Answer[]): Service {
  const took = answers.map(({ tookMs }) => tookMs).toSorted((one, other) => one - other);
  const at = (share: number) => Math.round(took[Math.floor((took.length - 1) * share)] ?? 0);
  const refused: Record<string, number> = {};
  for (const { status } of answers)
    if (status !== 202) refused[status] = (refused[status] ?? 0) + 1;
  return { sent: answers.length, refused, p50: at(0.5), p99: at(0.99), longest: at(1) };
}

main();
