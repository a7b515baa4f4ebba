import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { CancelledFailure, WorkflowFailedError } from '@temporalio/client';
import { historyToJSON } from '@temporalio/common/lib/proto-utils';
import { temporal } from '@temporalio/proto';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { version } from '../package.json';
import { searchAttributeArgs } from '../dev/temporal/search-attributes';
import { projectFolder } from '../dev/project-folder';
import { realTime } from '../src/core/time/clock';
import { compile } from '../src/core/journeys/compile';
import type { Journey } from '../src/core/journeys/journey';
import { contactId, enrollmentId, eventKey, type EnrollmentId } from '../src/core/ids';
import { longHistory, overtaken, shownAs, situations } from '../test/replay/situations';
import { findTestBinaries } from '../test/support/processes/binaries';
import { startEngine, type Engine } from '../test/support/engine';
import buildBundle from '../test/support/processes/global-setup';
import { aJourney } from '../test/support/core/builders';
import { quietRuntime } from '../test/support/processes/quiet-runtime';
import { until } from '../test/support/processes/until';

// Records a history of each situation on a real server, unless this version has one. A file bears
// the version that wrote it, so that those of earlier versions stay and are replayed for ever.
const folder = join(projectFolder, 'test/replay/histories');
type Situation = (typeof situations)[number];
type History = temporal.api.history.v1.IHistory;

async function main(): Promise<void> {
  await buildBundle();
  quietRuntime();
  const server = await startServer();
  const engine: Engine = await startEngine(server, {
    deliver: async ({ subject }) => {
      if (subject === overtaken) await buy(engine, 'exit-during-send');
      return { kind: 'accepted', providerId: 'p1' };
    },
  });
  try {
    await recordAll(server, engine);
  } finally {
    await engine.close();
    await server.teardown();
  }
}

/** All at once, since most of the time they wait; published before, so that nothing is late. */
async function recordAll(server: TestWorkflowEnvironment, engine: Engine): Promise<void> {
  await mkdir(folder, { recursive: true });
  const wanted = situations.filter(({ name }) => !isRecorded(name));
  for (const situation of wanted) await engine.publish(journeyOf(situation));
  await Promise.all([
    ...wanted.map((situation) => record(server, engine, situation)),
    ...(isRecorded('trouble') ? [] : [recordTrouble(server, engine)]),
  ]);
}

function isRecorded(name: string): boolean {
  return existsSync(fileOf(name));
}

function journeyOf({ name, journey }: Situation): Journey {
  const entry = { events: [name], key: [], repeat: 'refresh' } as const;
  return aJourney({ id: name, name, entry, ...journey });
}

async function startServer(): Promise<TestWorkflowEnvironment> {
  const { temporal: path } = await findTestBinaries();
  const suggestion = `limit.historyCount.suggestContinueAsNew=${longHistory}`;
  return TestWorkflowEnvironment.createLocal({
    server: {
      executable: { type: 'existing-path', path },
      log: { format: 'pretty', level: 'error' },
      extraArgs: [
        ...searchAttributeArgs,
        ...['--dynamic-config-value', suggestion],
        ...['--output', 'none'],
      ],
    },
  });
}

async function record(
  server: TestWorkflowEnvironment,
  engine: Engine,
  situation: Situation,
): Promise<void> {
  const { name, entry = {}, enteredMsAgo = 0, then = [] } = situation;
  const start = Date.now();
  const contact = contactOf(name);
  const receipt = await engine.receive({
    name,
    contact,
    occurredAt: start - enteredMsAgo,
    properties: entry,
  });
  const enrollment = receipt.kind === 'conflict' ? undefined : receipt.enrollments[0];
  if (!enrollment) throw new Error(`Nobody entered "${name}"`);
  for (const deed of then) {
    await delay(Math.max(0, start + deed.afterMs - Date.now()));
    if ('temporal' in deed) {
      await server.client.workflow.getHandle(enrollment.id).cancel();
    } else if ('operator' in deed) {
      const request = { enrollment: enrollment.id, by: 'support', reason: 'asked for' };
      await engine.intake.ask(engine.workspace.id, deed.operator, request);
    } else {
      const occurredAt = start - enteredMsAgo + deed.afterMs;
      await engine.receive({ name: deed.name, contact, occurredAt, properties: {} });
    }
  }
  await engine.result(enrollment.id).catch((error: unknown) => {
    if (!(error instanceof WorkflowFailedError && error.cause instanceof CancelledFailure))
      throw error;
  });
  await writeRuns(server, situation, enrollment.id);
}

/** The last run, and the first where it has continued as new. */
async function writeRuns(
  { client }: TestWorkflowEnvironment,
  { name, shows }: Situation,
  enrollment: EnrollmentId,
): Promise<void> {
  const last = await client.workflow.getHandle(enrollment).fetchHistory();
  const { firstExecutionRunId, continuedExecutionRunId } =
    last.events?.[0]?.workflowExecutionStartedEventAttributes ?? {};
  if (!firstExecutionRunId || !continuedExecutionRunId) {
    checkShown(name, last, shows);
    return write(name, last);
  }
  await write(
    name,
    await client.workflow.getHandle(enrollment, firstExecutionRunId).fetchHistory(),
  );
  await write(`${name}-resumed`, last);
}

function checkShown(name: string, history: History, shows: readonly string[]): void {
  const shown = (history.events ?? []).flatMap(({ eventType }) => {
    const type = temporal.api.enums.v1.EventType[eventType ?? 0];
    return Object.entries(shownAs).flatMap(([key, value]) => (key === type ? value : []));
  });
  if (shown.join() === shows.join()) return;
  throw new Error(`"${name}" shows ${shown.join(', ')}, not ${shows.join(', ')}: record again`);
}

/**
 * An enrollment without a row cannot find its zone. Its local activity fails, and a durable pause
 * follows.
 */
async function recordTrouble({ client }: TestWorkflowEnvironment, engine: Engine): Promise<void> {
  const name = 'trouble';
  const enrollment = enrollmentId(name);
  const now = Date.now();
  const steps = [{ id: 'pause', kind: 'wait', for: 'P1D' }] as const;
  await engine.dependencies.workflows.start({
    workspace: engine.workspace.id,
    enrollment,
    contact: contactId('nobody'),
    journey: compile(aJourney({ id: name, name, steps }), 1),
    opening: {
      entry: { event: eventKey('e1'), name, occurredAt: now, properties: {} },
      firstEntryAt: now,
      openedAt: now,
    },
    clock: realTime,
  });
  const handle = client.workflow.getHandle(enrollment);
  await until(async () => {
    const { events } = await handle.fetchHistory();
    return (events ?? []).some(({ timerStartedEventAttributes }) => timerStartedEventAttributes);
  });
  await write(name, await handle.fetchHistory());
  await handle.terminate();
}

async function buy(engine: Engine, name: string): Promise<void> {
  await engine.receive({ name: 'Order Completed', contact: contactOf(name), properties: {} });
}

function contactOf(name: string) {
  return { userId: name, email: 'ada@shop.test' };
}

async function write(name: string, history: History): Promise<void> {
  const text = historyToJSON(history)
    .replaceAll(`${process.pid}@${hostname()}`, 'worker')
    .replaceAll(`${projectFolder}/`, '');
  await writeFile(fileOf(name), `${text}\n`);
  process.stdout.write(`${name}: ${history.events?.length ?? 0} events\n`);
}

function fileOf(name: string): string {
  return join(folder, `${version}-${name}.json`);
}

main().catch((error: unknown) => {
  process.stderr.write(
    `${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
  );
  process.exitCode = 1;
});
