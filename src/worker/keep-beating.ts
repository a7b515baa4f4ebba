import type { ActivityInterceptorsFactory } from '@temporalio/worker';

const beatMs = 5_000;

/**
 * Tells Temporal that an activity which waits its turn is alive. A worker that dies is missed
 * within seconds, though an activity may take minutes.
 */
export const keepBeating: ActivityInterceptorsFactory = (context) => ({
  inbound: {
    execute: async (input, next) => {
      const beating = setInterval(() => {
        context.heartbeat();
      }, beatMs);
      try {
        return await next(input);
      } finally {
        clearInterval(beating);
      }
    },
  },
});
