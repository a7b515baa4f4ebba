import { groupBy } from '../../src/core/group-by';
import { everyOne, type Client } from '../survive/shop';
import type { Unanswered } from './course';
import { addressOf, fateOf, isBought } from './shop';
import type { Mail } from './server';

type Line = Readonly<{ enrollment: string; status: string; because?: string; attempts?: number }>;

/** Everything that was seen of a run from outside. */
export type Seen = Readonly<{
  carts: readonly string[];
  mails: readonly Mail[];
  /** The instants at which orders were acknowledged, by cart. */
  boughtAt: ReadonlyMap<string, number>;
  unanswered: Unanswered;
  /** Real milliseconds after its order in which a mail may still begin. */
  withinMs: number;
}>;

export type Verdict = Readonly<{ faults: readonly string[]; counts: Record<string, number> }>;

/** Compares every cart with what the server has seen. The expectations follow from the fates. */
export async function judge(client: Client, seen: Seen): Promise<Verdict> {
  const lines = await linesByCart(client);
  const faults = seen.carts.flatMap((cart) => {
    const own = seen.mails.filter(({ to }) => to === addressOf(cart));
    return faultsOf({ cart, own, lines: lines.get(cart) ?? [], seen });
  });
  const statuses = [...lines.values()].flat().map(({ status }) => status);
  const unknown = statuses.filter((status) => status === 'unknown').length;
  const { openAtKills, cutByServer } = seen.unanswered;
  const cut = seen.mails.filter(({ isTaken }) => !isTaken).length;
  const most = openAtKills + cutByServer + cut;
  if (unknown > most) faults.push(`${unknown} messages are unknown, at most ${most} may be`);
  return { faults, counts: { ...countsOf(statuses), openAtKills, cutByServer, cut } };
}

type Own = Readonly<{
  cart: string;
  own: readonly Mail[];
  lines: readonly Line[];
  seen: Seen;
}>;

function faultsOf({ cart, own, lines, seen }: Own): readonly string[] {
  const [line] = lines;
  const taken = own.filter(({ isTaken }) => isTaken);
  const boughtAt = seen.boughtAt.get(cart) ?? Infinity;
  const late = own.filter(({ begunAt }) => begunAt > boughtAt + seen.withinMs);
  const told = `${cart} (${fateOf(cart)}): ${line?.status ?? 'no line'} ${line?.because ?? ''}`;
  return [
    ...(lines.length > 1 ? [`${told}, has ${lines.length} lines`] : []),
    ...(own.length > 1 ? [`${told}, was begun ${own.length} times`] : []),
    ...late.map(({ begunAt }) => `${told}, begun ${begunAt - boughtAt} ms after its order`),
    ...(isRight(cart, line, taken.length) ? [] : [`${told}, ${taken.length} mails taken`]),
  ];
}

/** A bought cart needs no line: its enrollment may have ended before its mail was due. */
function isRight(cart: string, line: Line | undefined, taken: number): boolean {
  if (!line) return isBought(cart) && taken === 0;
  if (line.status === 'skipped') return isBought(cart) && taken === 0;
  if (line.status === 'unknown') return fateOf(cart) === 'cut' || taken <= 1;
  if (fateOf(cart) === 'nobody') return line.because === 'address-refused' && taken === 0;
  return line.status === 'sent' && taken === 1;
}

async function linesByCart(client: Client): Promise<ReadonlyMap<string, readonly Line[]>> {
  const rows = await everyOne<Readonly<{ id: string; key: string }>>(client, '/v1/enrollments?');
  const carts = new Map(rows.map(({ id, key }) => [id, key]));
  const lines = await everyOne<Line>(client, '/v1/messages?');
  return groupBy(lines, ({ enrollment }) => carts.get(enrollment) ?? enrollment);
}

function countsOf(statuses: readonly string[]): Record<string, number> {
  return Object.fromEntries(
    [...new Set(statuses)].map((status) => [
      status,
      statuses.filter((other) => other === status).length,
    ]),
  );
}
