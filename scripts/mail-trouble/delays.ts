import { realOf, type VirtualClock } from '../../src/core/time/clock';
import { everyOne, type Client } from '../survive/shop';
import { addressOf } from './shop';
import type { Mail } from './server';

type Line = Readonly<{ enrollment: string; status: string; attemptedAt?: string }>;
type Row = Readonly<{ id: string; key: string }>;

/** Real milliseconds from the turn of a message, which precedes its gate, to its first command. */
export type Delays = Readonly<{ of: number; p50: number; p99: number; longest: number }>;

/** Measures, for every message that was sent, how long after its turn the server heard of it. */
export async function delaysOf(
  client: Client,
  { clock, mails }: Readonly<{ clock: VirtualClock; mails: readonly Mail[] }>,
): Promise<Delays> {
  const rows = await everyOne<Row>(client, '/v1/enrollments?');
  const carts = new Map(rows.map(({ id, key }) => [id, key]));
  const named = new Map(mails.map(({ to, namedAt }) => [to, namedAt]));
  const lines = await everyOne<Line>(client, '/v1/messages?status=sent');
  const delays = lines
    .flatMap(({ enrollment, attemptedAt }) => {
      const namedAt = named.get(addressOf(carts.get(enrollment) ?? ''));
      if (namedAt === undefined || attemptedAt === undefined) return [];
      return [namedAt - realOf(clock, Date.parse(attemptedAt))];
    })
    .toSorted((a, b) => a - b);
  const at = (share: number) => delays[Math.floor((delays.length - 1) * share)] ?? 0;
  return { of: delays.length, p50: at(0.5), p99: at(0.99), longest: at(1) };
}
