import { randomUUID } from 'node:crypto';
import { Client } from '@temporalio/client';
import type { PayloadCodec } from '@temporalio/common';
import { temporal } from '@temporalio/proto';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import {
  createActActivities,
  createLocalActivities,
  createSendActivities,
} from '../../src/activities/create-activities';
import type { Slot } from '../../src/channels/channel';
import type { EmailProvider, OutgoingEmail } from '../../src/channels/email/outgoing-email';
import type { Context } from '../../src/context';
import type { IncomingEvent, Intake } from '../../src/intake/intake';
import { realTime } from '../../src/core/time/clock';
import { createClock } from '../../src/process/clock';
import { compile } from '../../src/core/journeys/compile';
import { workspaceId, type EnrollmentId } from '../../src/core/ids';
import type { Journey } from '../../src/core/journeys/journey';
import type { Workspace } from '../../src/core/workspaces/workspace';
import type { Store } from '../../src/store/store';
import { createEnrollmentWorkflows } from '../../src/temporal/create-enrollment-workflows';
import { currentAttempt } from '../../src/worker/attempt';
import { createWorkers } from '../../src/worker/create-workers';
import { channelsWith } from './channels';
import { testContext } from './context';
import { plainTemplate } from './plain-template';
import { openTestStore, type TestStoreSettings } from './store';
import { workflowBundlePath } from './processes/temporal';

/** Intake, workers and a store of their own on one Temporal server; e-mail ends in `mails`. */
export type Engine = Readonly<{
  store: Store;
  intake: Intake;
  dependencies: Context;
  workspace: Workspace;
  mails: readonly OutgoingEmail[];
  temporalRequests(): number;
  /** In the workspace of the engine, unless another is named. */
  publish(journey: Journey, tenant?: Workspace): Promise<void>;
  /** Lets what is received from now on be received at the time of the server. */
  catchUp(): Promise<void>;
  /** Takes an event in and settles it. */
  receive(incoming: IncomingEvent, tenant?: Workspace): ReturnType<Intake['accept']>;
  /** The names of the events in the history of an enrollment, oldest first. */
  historyOf(enrollment: EnrollmentId): Promise<readonly string[]>;
  historyTextOf(enrollment: EnrollmentId): Promise<string>;
  /** What Temporal shows of an enrollment beside its history, such as the last failure. */
  descriptionTextOf(enrollment: EnrollmentId): Promise<string>;
  result(enrollment: EnrollmentId): Promise<unknown>;
  close(): Promise<void>;
}>;

type Parts = Readonly<{
  deliver?: Slot<OutgoingEmail>['deliver'];
  /** Changes the store that activities see. */
  spoil?: (store: Store) => Store;
  payloadCodecs?: (store: Store) => readonly PayloadCodec[];
  storeSettings?: TestStoreSettings;
}>;

export async function startEngine(
  server: TestWorkflowEnvironment,
  {
    deliver = accept,
    spoil = (store) => store,
    payloadCodecs = () => [],
    storeSettings,
  }: Parts = {},
): Promise<Engine> {
  const { store, close } = await openTestStore(storeSettings);
  const workspace: Workspace = {
    id: workspaceId(`w-${randomUUID()}`),
    name: 'Shop',
    from: 'shop@shop.test',
    zone: 'Europe/Rome',
    locale: 'en',
  };
  await store.workspaces.put(workspace);
  const mails: OutgoingEmail[] = [];
  const email: EmailProvider = {
    name: 'test',
    repeatsDroppedMs: 0,
    slots: 5,
    take: () =>
      Promise.resolve({
        deliver: async (message, key) => {
          const receipt = await deliver(message, key);
          if (receipt.kind === 'accepted') mails.push(message);
          return receipt;
        },
        release: () => undefined,
      }),
    close: () => undefined,
  };
  const { nativeConnection: connection } = server;
  const namespace = server.namespace ?? 'default';
  const codecs = payloadCodecs(store);
  const client = clientOf(server, codecs);
  let requests = 0;
  const count = () => {
    requests += 1;
  };
  const workflows = createEnrollmentWorkflows({ client: () => client, count });
  const onTrouble = (error: unknown) => {
    throw error;
  };
  // A server that skips time is ahead of this machine: what is received is received at its time.
  let serverTime = await server.currentTimeMs();
  const catchUp = async () => {
    serverTime = await server.currentTimeMs();
  };
  const clock = { ...createClock(realTime), now: () => serverTime };
  const channels = channelsWith(email);
  const context = testContext({ store, workflows, channels, clock, onTrouble });
  const { intake } = context;
  const dependencies = { ...context, store: spoil(store), attempt: currentAttempt };
  const workers = await createWorkers({
    connection,
    namespace,
    bundle: workflowBundlePath(),
    payloadCodecs: codecs,
    local: createLocalActivities(dependencies),
    acting: createActActivities(dependencies),
    sending: createSendActivities(dependencies),
    slots: 5,
    onFailure: () => undefined,
    onTrouble: () => undefined,
  });
  const stop = new AbortController();
  const running = workers.runUntil(stop.signal);
  return {
    store,
    intake,
    dependencies,
    workspace,
    mails,
    temporalRequests: () => requests,
    publish: (journey, tenant = workspace) => publish(store, tenant, journey, intake),
    catchUp,
    receive: async (incoming, tenant = workspace) => {
      await catchUp();
      const receipt = await intake.accept(tenant, incoming);
      await intake.drain();
      return receipt;
    },
    historyOf: async (enrollment) => {
      const { events } = await client.workflow.getHandle(enrollment).fetchHistory();
      return (events ?? []).map(({ eventType }) => String(eventType));
    },
    historyTextOf: async (enrollment) => {
      const history = await client.workflow.getHandle(enrollment).fetchHistory();
      return Buffer.from(temporal.api.history.v1.History.encode(history).finish()).toString(
        'latin1',
      );
    },
    descriptionTextOf: async (enrollment) => {
      const { raw } = await client.workflow.getHandle(enrollment).describe();
      const { DescribeWorkflowExecutionResponse: type } = temporal.api.workflowservice.v1;
      return Buffer.from(type.encode(raw).finish()).toString('latin1');
    },
    result: (enrollment) => client.workflow.getHandle(enrollment).result(),
    close: async () => {
      await intake.drain();
      stop.abort();
      await running;
      await close();
    },
  };
}

/** The server's own client lets time go by while it waits for a result. */
function clientOf(server: TestWorkflowEnvironment, payloadCodecs: readonly PayloadCodec[]): Client {
  if (payloadCodecs.length === 0) return server.client;
  const { connection, namespace = 'default' } = server;
  return new Client({
    connection,
    namespace,
    dataConverter: { payloadCodecs: [...payloadCodecs] },
  });
}

const accept = () => Promise.resolve({ kind: 'accepted', providerId: 'p1' } as const);

/** Publishes a journey with a plain template for each of its sends. */
async function publish(
  store: Store,
  workspace: Workspace,
  source: Journey,
  intake: Intake,
): Promise<void> {
  for (const step of source.steps) {
    if (step.kind !== 'send') continue;
    await store.templates.put(workspace.id, await plainTemplate(step.template), {
      contentHash: step.template,
      at: 0,
    });
  }
  const publication = { source, compile: (version: number) => compile(source, version), at: 0 };
  await store.journeys.publish(workspace.id, {
    ...publication,
    contentHash: JSON.stringify(source),
  });
  intake.journeysChanged(workspace.id);
}
