import type { Bench } from '../bench';
import type { Row } from '../row';
import { untilDelivered } from '../settled';
import { publishTemplate } from '../template';
import { until } from '../../scripts/survive/stack';

const bought = 'Bench History Bought';
const pause = (id: string, length = 'PT1S') => ({ id, kind: 'wait', for: length });
const send = (id: string) => ({ id, kind: 'send', template: 'bench', purpose: 'service' });

type Journey = Readonly<{
  id: string;
  what: string;
  wanted: number;
  /** What the peer product takes for the same, counted from its source. */
  peer?: number;
  steps: readonly object[];
  /** Bought as soon as so many messages are out. */
  buysAfter?: number;
}>;

const journeys: readonly Journey[] = [
  {
    id: 'bench-send',
    what: 'entry, wait, send, end',
    wanted: 11,
    peer: 72,
    steps: [pause('pause'), send('one')],
  },
  {
    id: 'bench-buy',
    what: 'entry, purchase',
    wanted: 6,
    steps: [pause('pause', 'PT24H'), send('one')],
    buysAfter: 0,
  },
  {
    id: 'bench-nurture',
    what: 'nurture of three messages',
    wanted: 33,
    peer: 122,
    steps: [send('one'), pause('pause'), send('two'), pause('rest'), send('three')],
  },
  {
    id: 'bench-cart',
    what: 'cart: reminded, then bought',
    wanted: 17,
    peer: 103,
    steps: [pause('pause'), send('one'), pause('rest', 'PT24H'), send('two')],
    buysAfter: 1,
  },
];

/** B7: history events of whole journeys, as the server counts them. */
export async function histories(bench: Bench): Promise<readonly Row[]> {
  await publishTemplate(bench);
  return Promise.all(journeys.map((journey) => rowOf(bench, journey)));
}

async function rowOf(bench: Bench, journey: Journey): Promise<Row> {
  const { what, wanted, peer } = journey;
  const value = await play(bench, journey);
  return {
    id: 'B7',
    what: `history events: ${what}`,
    ...(peer !== undefined && { baseline: `the peer product takes about ${peer}` }),
    value,
    wanted: String(wanted),
    isMet: value === wanted,
    faults: [],
  };
}

/** Answers the length of its history once it has ended. */
async function play(bench: Bench, { id, steps, buysAfter }: Journey): Promise<number> {
  const { rest, temporal } = bench;
  const name = `Bench Entry of ${id}`;
  const exits = [{ events: [bought], as: 'converted' }];
  const body = { id, name: id, stage: 'decision', entry: { events: [name] }, exits, steps };
  await rest.call({ method: 'PUT', path: `/v1/journeys/${id}`, body });
  const contact = { userId: `history-${id}`, email: `${id}@shop.test` };
  const event = (of: string) => ({ id: `${of}-${id}`, name: of, contact });
  type Answer = Readonly<{ results: readonly { enrollments: readonly { id: string }[] }[] }>;
  const answer = await rest.call<Answer>({ method: 'POST', path: '/v1/events', body: event(name) });
  const enrollment = answer.results[0]?.enrollments[0]?.id ?? '';
  await untilDelivered(bench);
  if (buysAfter !== undefined) {
    await until(`${buysAfter} messages of ${id}`, () =>
      isWaitingAfter(bench, enrollment, buysAfter),
    );
    await rest.call({ method: 'POST', path: '/v1/events', body: event(bought) });
  }
  const handle = temporal.workflow.getHandle(enrollment);
  await until(`${id} has ended`, async () =>
    (await handle.describe()).status.name === 'COMPLETED' ? true : undefined,
  );
  return (await handle.describe()).historyLength;
}

/** So many messages are sent, and the next timer is set. */
async function isWaitingAfter({ rest, temporal }: Bench, enrollment: string, messages: number) {
  const path = `/v1/messages?enrollment=${enrollment}&status=sent`;
  const { data } = await rest.call<{ data: readonly unknown[] }>({ method: 'GET', path });
  if (data.length < messages) return undefined;
  const { raw } = await temporal.workflow.getHandle(enrollment).describe();
  return raw.pendingWorkflowTask || raw.pendingActivities?.length ? undefined : true;
}
