import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { eventKey, type EnrollmentId } from '../../src/core/ids';
import type { Step } from '../../src/core/journeys/steps/kinds';
import type { HeardEvent } from '../../src/core/enrollments/progress';
import { startEngine, type Engine } from '../support/engine';
import { aJourney } from '../support/core/builders';
import { localServer } from '../support/processes/temporal';
import { until } from '../support/processes/until';

const places = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];

/**
 * Moves in a circle, a step further with every click. The visits count the clicks that were heard.
 */
const steps: readonly Step[] = places.map((id, n) => ({
  id,
  kind: 'waitFor',
  events: [{ names: ['Clicked'], next: places[(n + 1) % places.length] ?? id }],
  timeout: 'PT1H',
  onTimeout: 'end',
  since: 'entry',
}));

let server: TestWorkflowEnvironment;
let engine: Engine;
let enrollment: EnrollmentId;
let startedAt: number;

beforeAll(async () => {
  server = await localServer();
  engine = await startEngine(server);
  const journey = {
    entry: { events: ['Signed Up'] },
    steps: [...steps, { id: 'end', kind: 'exit' }],
  } as const;
  await engine.publish(aJourney(journey));
});
afterAll(async () => {
  await engine.close();
  await server.teardown();
});
beforeEach(async () => {
  startedAt = Date.now();
  const contact = { userId: `ada-${startedAt}` };
  const entry = { name: 'Signed Up', contact, properties: {}, occurredAt: startedAt };
  const receipt = await engine.receive(entry);
  if (receipt.kind === 'conflict' || !receipt.enrollments[0]) throw new Error('nobody entered');
  enrollment = receipt.enrollments[0].id;
});

// A busy machine answers slowly; what is awaited here is the answer, not its speed.
const patienceMs = 40_000;

const click = (n: number): HeardEvent => ({
  id: eventKey(`click-${n}`),
  name: 'Clicked',
  occurredAt: startedAt,
  receivedAt: startedAt,
  properties: {},
  effect: { kind: 'told' },
});
const clicks = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, n) => click(from + n));
/** As intake does it: what is not answered in time is told again. */
async function tell(...events: readonly HeardEvent[]): Promise<void> {
  const { workflows } = engine.dependencies;
  await until(
    () =>
      workflows.tell(enrollment, events).then(
        () => true,
        () => false,
      ),
    patienceMs,
  );
}

/** How many clicks were heard, once the click sent last is among them. */
async function heardUpTo(count: number): Promise<number> {
  let heard = 0;
  await until(async () => {
    const progress = await engine.dependencies.workflows.progressOf(enrollment);
    heard = Object.values(progress?.visits ?? {}).reduce((sum, visits) => sum + visits, -1);
    return heard >= count;
  }, patienceMs);
  return heard;
}

/** The words of the Temporal UI about the newest run. */
async function detailsShown(): Promise<string | null | undefined> {
  const handle = server.client.workflow.getHandle(enrollment);
  const metadata = await handle.query<Readonly<{ currentDetails?: string | null }>>(
    '__temporal_workflow_metadata',
  );
  return metadata.currentDetails;
}

async function runs(): Promise<number> {
  const { client } = server;
  const runIds = new Set<string>();
  let runId: string | undefined;
  do {
    const { events } = await client.workflow.getHandle(enrollment, runId).fetchHistory();
    const started = events?.[0]?.workflowExecutionStartedEventAttributes;
    runIds.add(started?.originalExecutionRunId ?? '');
    runId = started?.continuedExecutionRunId ?? undefined;
  } while (runId);
  return runIds.size;
}

describe('an event that comes to a workflow again', () => {
  it('in a batch of other composition is heard once', async () => {
    await tell(click(1));
    await tell(click(1), click(2));
    await tell(click(2), click(1), click(3));

    expect(await heardUpTo(3)).toBe(3);
  });

  it('twice in one batch is heard once', async () => {
    await tell(click(1), click(1), click(2));

    expect(await heardUpTo(2)).toBe(2);
  });
});

describe('an enrollment whose history grows long', () => {
  it('goes on in a new run, and every event of a stream is heard once', async () => {
    for (let from = 0; from < 260; from += 20) {
      await Promise.all(clicks(from, from + 20).map((event) => tell(event)));
    }
    await until(async () => (await runs()) > 1, patienceMs);
    await Promise.all([tell(...clicks(0, 50)), tell(...clicks(210, 260))]);
    await tell(click(260));

    expect(await heardUpTo(261)).toBe(261);
    expect(await detailsShown()).toContain('**Cart recovery** v1, decision');
  });
});
