import type { Client } from '../survive/shop';
import { readStack, until } from '../survive/stack';
import { subjects } from '../survive/shop';
import type { CartPlan } from './plan';

type Row = Readonly<{ id: string; key: string; status: string; ended?: Readonly<{ as: string }> }>;
type Line = Readonly<{ kind: string; event?: string }>;
export type Verdict = Readonly<{
  lost: readonly string[];
  doubled: readonly string[];
  unknown: number;
}>;

const endings = { 'chaos-listening': 'converted', 'chaos-sending': 'completed' };

type Findings = { readonly lost: string[]; readonly doubled: string[] };

/** Compares what has become of every cart with what was sent, read through the public API and the mailbox alone. */
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
  const unknown = await countUnknown(client);
  const received = await subjects(readStack(stateDir));
  const missing = carts.filter(({ cart }) => !received.includes(`chaos ${cart}`));
  // A hand-over that was not answered may have reached nobody; it is recorded as unknown.
  if (missing.length > unknown) lost.push(...missing.map(({ cart }) => `the mail of ${cart}`));
  const twice = received.filter((subject, index) => received.indexOf(subject) !== index);
  return { lost, doubled: [...doubled, ...twice.map((subject) => `mail "${subject}"`)], unknown };
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

async function allEnded({ call }: Client, journey: string): Promise<readonly Row[] | undefined> {
  const rows: Row[] = [];
  for (let cursor: string | undefined = ''; cursor !== undefined;) {
    const path = `/v1/enrollments?journey=${journey}&limit=200${cursor && `&cursor=${cursor}`}`;
    const page: { data: Row[]; nextCursor?: string } = await call({ method: 'GET', path });
    rows.push(...page.data);
    cursor = page.nextCursor;
  }
  return rows.every(({ status }) => status === 'ended') ? rows : undefined;
}

type Pings = Readonly<{ row: Row; plan: CartPlan; findings: Findings }>;

/** The notes of what was heard are written with the end, so they come a moment after it. */
async function judgePings({ call }: Client, { row, plan, findings }: Pings): Promise<void> {
  const pings = plan.during.filter(({ name }) => name === 'Ping').length;
  const linesOf = async () => {
    const path = `/v1/enrollments/${row.id}/timeline`;
    const { data } = await call<{ data: readonly Line[] }>({ method: 'GET', path });
    return data.filter(({ kind }) => kind === 'heard').map(({ event }) => event);
  };
  const isWritten = async () => ((await linesOf()).length >= pings ? true : undefined);
  await until(`${row.id} has written what it heard`, isWritten, 15_000).catch(() => undefined);
  const heard = await linesOf();
  if (heard.length < pings) findings.lost.push(`${row.id} heard ${heard.length} of ${pings} pings`);
  if (new Set(heard).size < heard.length || heard.length > pings) {
    findings.doubled.push(`${row.id} heard ${heard.length} times of ${pings} pings`);
  }
}

async function countUnknown({ call }: Client): Promise<number> {
  const path = '/v1/messages?status=unknown&limit=200';
  return (await call<{ data: readonly unknown[] }>({ method: 'GET', path })).data.length;
}
