import { readStack, until } from '../survive/stack';
import { everyOne, subjects, type Client } from '../survive/shop';
import { eventFaults } from './event-oracle';
import type { CartPlan } from './plan';

type Row = Readonly<{ id: string; key: string; status: string; ended?: Readonly<{ as: string }> }>;
type Note = Readonly<{ kind: string; event?: string }>;
export type Verdict = Readonly<{
  lost: readonly string[];
  doubled: readonly string[];
  unknown: number;
}>;

const endings = { 'chaos-listening': 'converted', 'chaos-sending': 'completed' };

type Findings = { readonly lost: string[]; readonly doubled: string[] };

/**
 * Compares the fate of every cart with the events sent. It reads the public API and the mailbox
 * alone.
 */
export async function judge(
  client: Client,
  { carts, stateDir }: Readonly<{ carts: readonly CartPlan[]; stateDir: string }>,
): Promise<Verdict> {
  const findings: Findings = { lost: [], doubled: [] };
  for (const [journey, as] of Object.entries(endings)) {
    const ended = () => allEnded(client, journey);
    const rows = await until(`${journey} has ended for all`, ended, 180_000);
    for (const plan of carts) {
      const own = rows.filter(({ key }) => key === plan.cart);
      judgeCart(own, { about: `${plan.cart} in ${journey}`, as }, findings);
      const [row] = own;
      if (row && journey === 'chaos-listening') await judgePings(client, { row, plan, findings });
    }
  }
  const { lost, doubled } = findings;
  lost.push(...(await eventFaults(client, carts)));
  const ledger = await ledgerOf(client, await rowsOf(client, 'chaos-sending'));
  const received = await subjects(readStack(stateDir));
  const missing = carts.filter(({ cart }) => !received.includes(`chaos ${cart}`));
  const unexplained = missing.filter(({ cart }) => ledger.get(cart) !== unanswered);
  lost.push(
    ...unexplained.map(({ cart }) => `the mail of ${cart}: ${ledger.get(cart) ?? 'no line'}`),
  );
  const twice = received.filter((subject, index) => received.indexOf(subject) !== index);
  return {
    lost,
    doubled: [...doubled, ...twice.map((subject) => `mail "${subject}"`)],
    unknown: [...ledger.values()].filter((line) => line === unanswered).length,
  };
}

type Expected = Readonly<{ about: string; as: string }>;

function judgeCart(
  own: readonly Row[],
  { about, as }: Expected,
  { lost, doubled }: Findings,
): void {
  if (own.length === 0) lost.push(`${about}: never entered`);
  if (own.length > 1) doubled.push(`${about}: entered ${own.length} times`);
  for (const { ended } of own) {
    if (ended?.as !== as) lost.push(`${about}: ended as ${String(ended?.as)}`);
  }
}

async function allEnded(client: Client, journey: string): Promise<readonly Row[] | undefined> {
  const rows = await rowsOf(client, journey);
  return rows.every(({ status }) => status === 'ended') ? rows : undefined;
}

function rowsOf(client: Client, journey: string): Promise<readonly Row[]> {
  return everyOne<Row>(client, `/v1/enrollments?journey=${journey}`);
}

type Pings = Readonly<{ row: Row; plan: CartPlan; findings: Findings }>;

/** The notes of what was heard are written with the end, so they come a moment after it. */
async function judgePings({ call }: Client, { row, plan, findings }: Pings): Promise<void> {
  const pings = plan.during.filter(({ name }) => name === 'Ping').length;
  const linesOf = async () => {
    const path = `/v1/enrollments/${row.id}/timeline`;
    const { data } = await call<{ data: readonly Note[] }>({ method: 'GET', path });
    return data.filter(({ kind }) => kind === 'heard').map(({ event }) => event);
  };
  const isWritten = async () => ((await linesOf()).length >= pings ? true : undefined);
  await until(`${row.id} has written what it heard`, isWritten, 120_000).catch(() => undefined);
  const heard = await linesOf();
  if (heard.length < pings) findings.lost.push(`${row.id} heard ${heard.length} of ${pings} pings`);
  if (new Set(heard).size < heard.length || heard.length > pings) {
    findings.doubled.push(`${row.id} heard ${heard.length} times of ${pings} pings`);
  }
}

/** A hand-over that was not answered, so that the mail may have reached nobody. */
const unanswered = 'unknown unanswered';

/** What the ledger says of each cart's message. */
async function ledgerOf(
  client: Client,
  rows: readonly Row[],
): Promise<ReadonlyMap<string, string>> {
  type Line = Readonly<{ enrollment: string; status: string; because?: string }>;
  const carts = new Map(rows.map(({ id, key }) => [id, key]));
  const lines = await everyOne<Line>(client, '/v1/messages?');
  return new Map(
    lines.map(({ enrollment, status, because }) => [
      carts.get(enrollment) ?? enrollment,
      because === undefined ? status : `${status} ${because}`,
    ]),
  );
}
