import { defineSignal, setHandler, sleep } from '@temporalio/workflow';

/** The least a durable journey can be: it hears events and waits. */
export async function bare(): Promise<number> {
  let heard = 0;
  setHandler(defineSignal<[readonly unknown[]]>('events'), (batch) => {
    heard += batch.length;
  });
  await sleep('30 days');
  return heard;
}
