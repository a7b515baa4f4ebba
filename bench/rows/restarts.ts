import { tsToMs } from '@temporalio/common/lib/time';
import { temporal } from '@temporalio/proto';
import { startBare, tellBare } from '../bare';
import type { Bench } from '../bench';
import { enterAll, pingOf, publishListening } from '../listening';
import { atMost, median, type Row } from '../row';
import { untilSettled } from '../settled';
import type { MortalWorker } from '../workers';
import { until } from '../../scripts/survive/stack';

const mostReady = 1.2;
/** Temporal gives the tasks of a cached run to any worker after ten seconds. */
const mostBackMs = 11_000;

type Back = Readonly<{ readyMs: number; backMs: number }>;

type Side = Readonly<{
  worker: MortalWorker;
  start: (name: string) => Promise<string>;
  tell: (name: string, id: string) => Promise<void>;
}>;

/**
 * B15: a killed worker. Ready: from its successor's spawn to the first task of a new workflow.
 * Recovery: from the kill to the next event that a cached workflow has heard.
 */
export async function restarts(bench: Bench): Promise<readonly Row[]> {
  await publishListening(bench);
  const product: Side = {
    worker: bench.workers.product,
    start: async (name) => (await enterAll(bench, [name]))[0] ?? '',
    tell: (name) => bench.post('/v1/events', pingOf(`told-${name}`, name)),
  };
  const bare: Side = {
    worker: bench.workers.bare,
    start: async (name) => (await startBare(bench, name, 1))[0] ?? '',
    tell: (_name, id) => tellBare(bench, id, 0),
  };
  const pairs: Readonly<Record<'product' | 'bare', Back>>[] = [];
  for (let round = 0; round <= bench.rounds; round += 1) {
    pairs.push({
      product: await lose(bench, product, `lost-${round}`),
      bare: await lose(bench, bare, `lost-${round}`),
    });
  }
  return rowsOf(pairs.slice(1));
}

async function lose(bench: Bench, { worker, start, tell }: Side, name: string): Promise<Back> {
  const cached = await start(name);
  await untilSettled(bench, [cached]);
  const killing = worker.kill();
  await tell(name, cached);
  const { killedAt, spawnedAt } = await killing;
  const fresh = await start(`${name}-fresh`);
  return {
    readyMs: (await taskDoneAt(bench, fresh, spawnedAt)) - spawnedAt,
    backMs: (await taskDoneAt(bench, cached, killedAt)) - killedAt,
  };
}

/** When a workflow task was done, by Temporal's clock, which is that of this machine. */
async function taskDoneAt(bench: Bench, id: string, after: number): Promise<number> {
  const type = temporal.api.enums.v1.EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED;
  return until(`a task of ${id} is done`, async () => {
    const { events } = await bench.temporal.workflow.getHandle(id).fetchHistory();
    const done = (events ?? []).filter(({ eventType }) => eventType === type);
    return done.map(({ eventTime }) => tsToMs(eventTime)).find((at) => at >= after);
  });
}

function rowsOf(pairs: readonly Readonly<Record<'product' | 'bare', Back>>[]): readonly Row[] {
  const ratios = pairs.map(({ product, bare }) => product.readyMs / bare.readyMs);
  const back = pairs.map(({ product }) => product.backMs);
  const ms = (side: 'product' | 'bare', of: keyof Back) =>
    Math.round(median(pairs.map((pair) => pair[side][of])));
  return [
    {
      id: 'B15',
      what: `ready: from the spawn of a worker to its first workflow task (${ms('product', 'readyMs')} ms)`,
      baseline: `bare worker with a prebuilt bundle (${ms('bare', 'readyMs')} ms)`,
      ...atMost(ratios, mostReady),
      faults: [],
    },
    {
      id: 'B15',
      what: 'recovery: milliseconds from kill -9 of a worker to the next event that a cached journey has heard',
      baseline: `bare worker (${ms('bare', 'backMs')} ms)`,
      value: ms('product', 'backMs'),
      wanted: `≤ ${mostBackMs}`,
      isMet: median(back) <= mostBackMs,
      faults: [],
      spread: [Math.min(...back), Math.max(...back)],
    },
  ];
}
