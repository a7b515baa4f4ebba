import { condition, defineSignal, proxyActivities, setHandler, sleep } from '@temporalio/workflow';

/** The least a durable journey can be: it hears events and waits. */
export async function bare(): Promise<number> {
  let heard = 0;
  setHandler(defineSignal<[readonly unknown[]]>('events'), (batch) => {
    heard += batch.length;
  });
  await sleep('30 days');
  return heard;
}

const { reached } = proxyActivities<{ reached: () => Promise<number> }>({
  startToCloseTimeout: '1 minute',
});

/** The least that reaches somebody after an event. Answers when. */
export async function bareReach(): Promise<number> {
  let isTold = false;
  setHandler(defineSignal('events'), () => {
    isTold = true;
  });
  await condition(() => isTold);
  return reached();
}
