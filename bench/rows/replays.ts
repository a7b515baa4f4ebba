import { Worker } from '@temporalio/worker';
import { buildWorkflowBundle } from '../../dev/workflow-bundle';
import type { Bench } from '../bench';
import { enterAll, pingOf, publishListening } from '../listening';
import { atMost, type Row } from '../row';
import { untilDelivered, untilSettled } from '../settled';

const limitMs = 100;
const mostPings = 400;
/** Replayed one after the other by one worker, so that its own start can be taken away. */
const copies = 10;

/** B12: a worker that does not hold a run replays it. The run is as long as any grows. */
export async function replays(bench: Bench): Promise<readonly Row[]> {
  await publishListening(bench);
  const [id = ''] = await enterAll(bench, ['replayed']);
  await untilSettled(bench, [id]);
  const history = await longestRun(bench, id);
  const replay = replayer(await buildWorkflowBundle(), history);
  const took: number[] = [];
  for (let round = 0; round < bench.rounds; round += 1) {
    const one = await replay(1);
    took.push(((await replay(1 + copies)) - one) / copies);
  }
  const length = history.events?.length ?? 0;
  return [
    {
      id: 'B12',
      what: `milliseconds of a cold replay of ${length} history events, one signal a task`,
      ...atMost(took, limitMs),
      faults: [],
    },
  ];
}

/** Lets a waiting journey hear one event after the other until it goes on as a new run. */
async function longestRun(bench: Bench, id: string) {
  const handle = bench.temporal.workflow.getHandle(id);
  const { runId } = await handle.describe();
  for (let n = 0; n < mostPings && (await handle.describe()).runId === runId; n += 1) {
    await bench.post('/v1/events', pingOf(`replayed-${n}`, 'replayed'));
    await untilDelivered(bench);
    await untilSettled(bench, [id]);
  }
  return bench.temporal.workflow.getHandle(id, runId).fetchHistory();
}

type History = Awaited<ReturnType<typeof longestRun>>;

/** Answers how long so many replays of a history take, in milliseconds. */
function replayer(codePath: string, history: History) {
  return async (count: number): Promise<number> => {
    const histories = Array.from({ length: count }, (_, n) => ({
      workflowId: `copy-${n}`,
      history,
    }));
    const options = { workflowBundle: { codePath } };
    const began = performance.now();
    for await (const { error } of Worker.runReplayHistories(options, histories))
      if (error) throw error;
    return performance.now() - began;
  };
}
