import type { Bench } from '../bench';
import { closedLoop } from '../closed-loop';
import { interleave } from '../interleave';
import { ratioRow, type Row } from '../row';

const count = 4_000;
const lanes = 32;
const contacts = 500;
const name = 'Bench Product Viewed';

const eventOf = (side: string, round: number, n: number) => ({
  id: `${side}-${round}-${n}`,
  name,
  contact: { userId: `viewer-${n % contacts}` },
  occurredAt: new Date().toISOString(),
  properties: { product_id: `sku-${n}`, price: 12.5, currency: 'EUR', url: `/products/${n}` },
});

/**
 * B1: an event that nobody listens for, acknowledged when durable. B2: the requests that reach
 * Temporal.
 */
export async function unheardEvents(bench: Bench): Promise<readonly Row[]> {
  const send = (side: string, post: Bench['post']) => async (round: number) => {
    await closedLoop({ count, lanes }, (n) => post('/v1/events', eventOf(side, round, n)));
    return count;
  };
  const before = callsIn(await bench.metrics());
  const pairs = await interleave(bench, send('product', bench.post), send('bare', bench.postBare));
  const calls = callsIn(await bench.metrics()) - before;
  const sent = count * (bench.rounds + 1);
  const stored = await bench.events.countDocuments({ name });
  return [
    ratioRow({
      id: 'B1',
      what: 'accepted events that nobody listens for, durable',
      baseline: 'bare Express, the same indexed reads, the same durable insert',
      least: 0.75,
      pairs,
      faults: stored === sent ? [] : [`${stored} of ${sent} events are stored`],
    }),
    {
      id: 'B2',
      what: 'Temporal calls for them',
      value: calls,
      wanted: 'exactly 0',
      isMet: calls === 0,
      faults: [],
    },
  ];
}

function callsIn(metrics: string): number {
  const counts = metrics
    .split('\n')
    .filter((line) => /^itinera_temporal_requests_total[ {]/.test(line))
    .map((line) => Number(line.split(' ').at(-1)));
  return counts.reduce((sum, count) => sum + count, 0);
}
