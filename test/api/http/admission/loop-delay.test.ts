import { watchLoopDelay } from '../../../../src/api/http/admission/loop-delay';
import { until } from '../../../support/processes/until';

/** Keeps the event loop busy nine tenths of the time. */
function hog(): NodeJS.Timeout {
  return setInterval(() => {
    const end = performance.now() + 200;
    while (performance.now() < end);
  }, 20);
}

describe('the watch over the event loop', () => {
  it('tells a loop that is late all the time, and one that has recovered', async () => {
    const watch = watchLoopDelay();
    const hogging = hog();

    await until(() => watch.readMs() > 100);
    clearInterval(hogging);

    await until(() => watch.readMs() < 100);
    expect(watch.readMs()).toBeLessThan(100);
    watch.stop();
  });
});
