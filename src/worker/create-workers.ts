import type { PayloadCodec } from '@temporalio/common';
import { Worker, type NativeConnection } from '@temporalio/worker';
import type { ActActivities, LocalActivities, SendActivities } from '../contract/activities';
import { journeyQueue, sendQueue } from '../contract/enrollment-workflow';
import { concealFailures, type FailedActivity } from './conceal-failures';
import { keepBeating } from './keep-beating';
import { patient } from './patient-codec';

type Settings = Readonly<{
  connection: NativeConnection;
  namespace: string;
  /** The path of a prebuilt bundle; without one it is built here. */
  bundle: string | undefined;
  payloadCodecs: readonly PayloadCodec[];
  local: LocalActivities;
  acting: ActActivities;
  sending: SendActivities;
  /** The messages that providers take at a time, over all channels. */
  slots: number;
  /** Told of every activity that failed, without a text. */
  onFailure(failed: FailedActivity): void;
  /** Told while the key of a payload is not to be had. */
  onTrouble(error: unknown): void;
}>;

export type Workers = Readonly<{
  /** Resolves when sends under way at the signal are finished; rejects when a worker fails. */
  runUntil(signal: AbortSignal): Promise<void>;
  isRunning(): boolean;
}>;

/** Longer than a provider may take, so that a stop leaves no hand-over unanswered. */
const shutdownGraceTime = '2 minutes';

/** While one send of a slot is handed over, others are read and recorded. */
const sendsPerSlot = 4;

/** Creates a worker for the journeys and another for the sends, each with its queue. */
export async function createWorkers(settings: Settings): Promise<Workers> {
  const { connection, namespace, bundle, local, acting, sending, onFailure } = settings;
  const conceal = concealFailures(onFailure);
  const dataConverter = {
    failureConverterPath: require.resolve('../workflows/failure-converter'),
    payloadCodecs: settings.payloadCodecs.map((codec) => patient(codec, settings.onTrouble)),
  };
  const common = { connection, namespace, dataConverter, shutdownGraceTime } as const;
  const workflowsPath = require.resolve('../workflows');
  const workflows = bundle
    ? { workflowBundle: { codePath: bundle } }
    : { workflowsPath, bundlerOptions: { preloadModules: [workflowsPath] } };
  const journeys = await Worker.create({
    ...common,
    ...workflows,
    taskQueue: journeyQueue,
    activities: { ...local, ...acting },
    interceptors: { activity: [conceal] },
  });
  const sends = await Worker.create({
    ...common,
    taskQueue: sendQueue,
    activities: { ...sending },
    interceptors: { activity: [conceal, keepBeating] },
    maxConcurrentActivityTaskExecutions: sendsPerSlot * settings.slots,
    maxHeartbeatThrottleInterval: '5 seconds',
  });
  const both = [journeys, sends];
  return {
    runUntil: async (signal) => {
      const running = Promise.all(both.map((worker) => worker.run()));
      signal.addEventListener('abort', () => {
        shutDown(both);
      });
      await running.finally(() => {
        shutDown(both);
      });
    },
    isRunning: () => both.every((worker) => worker.getState() === 'RUNNING'),
  };
}

function shutDown(workers: readonly Worker[]): void {
  for (const worker of workers) if (worker.getState() === 'RUNNING') worker.shutdown();
}
