import { monitorEventLoopDelay } from 'node:perf_hooks';

export type LoopDelay = Readonly<{
  /** The mean delay of the event loop over the last half second, in milliseconds. */
  readMs: () => number;
  stop: () => void;
}>;

const resolutionMs = 20;
const windowMs = 500;

/**
 * A mean, so that one long task does not turn requests away. A loop that is late all the time does.
 */
export function watchLoopDelay(): LoopDelay {
  const histogram = monitorEventLoopDelay({ resolution: resolutionMs });
  histogram.enable();
  let latestMs = 0;
  const timer = setInterval(() => {
    if (histogram.count > 0) latestMs = Math.max(0, histogram.mean / 1e6 - resolutionMs);
    histogram.reset();
  }, windowMs).unref();
  return {
    readMs: () => latestMs,
    stop: () => {
      clearInterval(timer);
      histogram.disable();
    },
  };
}
