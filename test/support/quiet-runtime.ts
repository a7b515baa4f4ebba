import { DefaultLogger, makeTelemetryFilterString, Runtime } from '@temporalio/worker';

/** Errors only, and the signals stay with Jest. Options given to the SDK hold for every later start in this test file. */
Runtime.install({
  logger: new DefaultLogger('ERROR'),
  shutdownSignals: [],
  telemetryOptions: {
    logging: { filter: makeTelemetryFilterString({ core: 'ERROR', other: 'ERROR' }), forward: {} },
  },
});
