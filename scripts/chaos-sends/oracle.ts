import { realOf, type VirtualClock } from '../../src/core/time/clock';
import { everyOne, type Client } from '../survive/shop';
import { until } from '../survive/stack';
import type { SendKill } from './killer';
import type { HandOver } from './provider';
import type { Race } from './races';

/** A line of the ledger with its instants in real milliseconds. */
export type Line = Readonly<{
  enrollment: string;
  status: string;
  because?: string;
  attemptedAt?: number;
  handedAt?: number;
  at: number;
}>;

type Written = Readonly<{
  enrollment: string;
  status: string;
  because?: string;
  attemptedAt?: string;
  handedAt?: string;
  at: string;
}>;

/** Waits until every enrollment has ended, and reads the ledger. */
export async function linesWhenEnded(
  client: Client,
  clock: VirtualClock,
): Promise<readonly Line[]> {
  const open = 'every enrollment has ended';
  await until(
    open,
    async () => {
      const rows = await everyOne<Readonly<{ status: string }>>(client, '/v1/enrollments?');
      return rows.every(({ status }) => status === 'ended') ? true : undefined;
    },
    300_000,
  );
  const lines = await everyOne<Written>(client, '/v1/messages?');
  const real = (text: string) => realOf(clock, Date.parse(text));
  return lines.map(({ attemptedAt, handedAt, at, ...line }) => ({
    ...line,
    ...(attemptedAt !== undefined && { attemptedAt: real(attemptedAt) }),
    ...(handedAt !== undefined && { handedAt: real(handedAt) }),
    at: real(at),
  }));
}

/** Everything that was seen of a run, most of it from outside. */
export type Seen = Readonly<{
  raced: readonly Race[];
  lines: readonly Line[];
  handOvers: readonly HandOver[];
  killed: readonly SendKill[];
}>;

/**
 * Compares every race with the log of the provider and with the ledger. `beaten` counts the rivals
 * that came after the message: where there are none, no race was close.
 */
export function judge(seen: Seen, mostLateMs: number) {
  const lines = new Map(seen.lines.map((line) => [line.enrollment, line]));
  const faults: string[] = [];
  let latestMs = 0;
  for (const race of seen.raced) {
    const own = seen.handOvers.filter(({ to }) => to === race.address);
    const line = lines.get(race.enrollment);
    const lateMs = race.rival === 'nobody' ? 0 : latest(own) - race.acknowledgedAt;
    latestMs = Math.max(latestMs, lateMs);
    faults.push(...faultsOf({ race, own, line, lateMs, mostLateMs }, seen));
  }
  const beaten = seen.raced.filter(
    ({ rival, address }) => rival !== 'nobody' && seen.handOvers.some(({ to }) => to === address),
  );
  const statuses = seen.lines.map(({ status }) => status);
  const counts = Object.fromEntries(
    [...new Set(statuses)].map((each) => [each, statuses.filter((one) => one === each).length]),
  );
  return { handOvers: seen.handOvers.length, beaten: beaten.length, latestMs, counts, faults };
}

type Own = Readonly<{
  race: Race;
  own: readonly HandOver[];
  line: Line | undefined;
  lateMs: number;
  mostLateMs: number;
}>;

function faultsOf({ race, own, line, lateMs, mostLateMs }: Own, seen: Seen): readonly string[] {
  const delivered = own.filter(({ isDelivered }) => isDelivered).length;
  const { status = 'no line', because = '' } = line ?? {};
  const isLost = race.rival === 'nobody' && delivered === 0 && status !== 'unknown';
  const isUnexplained = line?.status === 'unknown' && !killOf(line, seen);
  const found = [
    [hasLateTurn(race, own, line), 'its last turn began after the answer'],
    [lateMs > mostLateMs, `handed over ${lateMs} ms after the answer`],
    [delivered > 1, `delivered ${delivered} times`],
    [isLost, 'nothing was delivered'],
    [delivered > 0 && !line, 'the ledger has no line'],
    [isUnexplained, 'unknown by no kill'],
  ] as const;
  const about = `${race.enrollment} of ${race.address} (${race.rival}), ${status} ${because}`;
  return found.flatMap(([isFound, fault]) => (isFound ? [`${about}: ${fault}`] : []));
}

/** The exits are read after the turn has begun, so it must have begun before the answer. */
function hasLateTurn(
  { rival, acknowledgedAt }: Race,
  own: readonly HandOver[],
  line: Line | undefined,
): boolean {
  const turn = line?.attemptedAt ?? Infinity;
  return rival !== 'nobody' && turn > acknowledgedAt && latest(own) >= turn;
}

/** The kill between the mark of an unknown message and its end. */
function killOf({ handedAt, at }: Line, { killed }: Seen): SendKill | undefined {
  if (handedAt === undefined) return undefined;
  return killed.find((kill) => kill.at >= handedAt && kill.at <= at + 1_000);
}

function latest(handOvers: readonly HandOver[]): number {
  return Math.max(-Infinity, ...handOvers.map(({ at }) => at));
}
