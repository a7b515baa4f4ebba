import { randomUUID } from 'node:crypto';
import type { IntakeDependencies } from '../../src/intake/dependencies';
import type { IncomingEvent, Intake, Receipt } from '../../src/intake/intake';
import { realTime } from '../../src/core/time/clock';
import { createClock } from '../../src/process/clock';
import { compile } from '../../src/core/journeys/compile';
import { DomainError } from '../../src/core/domain-error';
import type { Enrollment } from '../../src/core/enrollments/enrollment';
import { workspaceId, type EnrollmentId } from '../../src/core/ids';
import type { Journey } from '../../src/core/journeys/journey';
import type { Workspace } from '../../src/core/workspaces/workspace';
import type { HeardEvent } from '../../src/core/enrollments/progress';
import type { Store } from '../../src/store/store';
import type { EnrollmentWorkflows, Told } from '../../src/temporal/enrollment-workflows';
import { testContext } from './context';
import type { EnrollmentInput } from '../../src/contract/enrollment-workflow';

/** A Temporal that writes down what it is asked; `fail` makes its next calls fail. */
export type FakeTemporal = EnrollmentWorkflows &
  Readonly<{
    started: EnrollmentInput[];
    told: { enrollment: EnrollmentId; events: readonly HeardEvent[] }[];
    /** In the order of arrival: `start` or the names of the events of a signal. */
    calls: string[];
    removed: EnrollmentId[];
    /** The enrollments whose state was asked for. */
    asked: EnrollmentId[];
    /** The enrollments that were to be terminated if they cannot run. */
    lookedAfter: EnrollmentId[];
    fail(error: Error | undefined): void;
    /** Refuses for good every signal that holds this word. */
    refuse(word: string): void;
    /** The history is gone. */
    forget(enrollment: EnrollmentId): void;
    /** Somebody terminates the workflow, at this real time. */
    terminate(enrollment: EnrollmentId, at: number): void;
    /** As if no workflow closed. */
    keepRunning(keep: boolean): void;
  }>;

export function fakeTemporal(): FakeTemporal {
  const started: EnrollmentInput[] = [];
  const told: FakeTemporal['told'] = [];
  const calls: string[] = [];
  const removed: EnrollmentId[] = [];
  const asked: EnrollmentId[] = [];
  const lookedAfter: EnrollmentId[] = [];
  const known = new Set<EnrollmentId>();
  const terminated = new Map<EnrollmentId, number>();
  let isRunning = false;
  let failure: Error | undefined;
  let refused: string | undefined;
  const answer = () => (failure ? Promise.reject(failure) : Promise.resolve());
  return {
    started,
    told,
    calls,
    removed,
    asked,
    lookedAfter,
    fail: (error) => {
      failure = error;
    },
    refuse: (word) => {
      refused = word;
    },
    forget: (enrollment) => {
      known.delete(enrollment);
    },
    terminate: (enrollment, at) => {
      known.delete(enrollment);
      terminated.set(enrollment, at);
    },
    stateOf: async (enrollment) => {
      asked.push(enrollment);
      await answer();
      if (known.has(enrollment)) return { kind: 'running' };
      const at = terminated.get(enrollment);
      return at === undefined ? { kind: 'lost' } : { kind: 'stopped', at };
    },
    start: async (input) => {
      await answer();
      if (!known.has(input.enrollment)) started.push(input);
      known.add(input.enrollment);
      calls.push('start');
    },
    tell: async (enrollment, events): Promise<Told> => {
      await answer();
      if (refused && JSON.stringify(events).includes(refused)) {
        throw new DomainError('invalid', 'This signal cannot be encoded');
      }
      if (!known.has(enrollment)) return 'not-found';
      told.push({ enrollment, events });
      calls.push(events.map(({ name }) => name).join(','));
      return 'told';
    },
    keepRunning: (keep) => {
      isRunning = keep;
    },
    remove: async (enrollment) => {
      await answer();
      if (isRunning) return 'running';
      removed.push(enrollment);
      return 'removed';
    },
    endWedged: async (enrollment) => {
      await answer();
      lookedAfter.push(enrollment);
      return isRunning ? 'working' : 'quiet';
    },
    progressOf: () => Promise.resolve(undefined),
    isReachable: () => Promise.resolve(true),
  };
}

/** One process of intake in a workspace of its own. Time stands still until it is set. */
export type TestIntake = Readonly<{
  intake: Intake;
  dependencies: IntakeDependencies;
  workspace: Workspace;
  temporal: FakeTemporal;
  troubles: string[];
  at(now: number): void;
  /** Real time, which leases and retries go by. */
  realAt(now: number): void;
  publish(journey: Journey): Promise<void>;
  /** Takes an event in and settles it. */
  receive(incoming: Partial<IncomingEvent>): Promise<Receipt>;
  enrollments(): Promise<readonly Enrollment[]>;
  /** Another process on the same store and the same Temporal. */
  twin(): TestIntake;
}>;

export const noon = Date.UTC(2026, 0, 15, 12);
const contact = { userId: 'ada' };

export function testIntake(
  store: Store,
  {
    temporal = fakeTemporal(),
    workspace = aWorkspace(),
  }: Readonly<{ temporal?: FakeTemporal; workspace?: Workspace }> = {},
): TestIntake {
  const troubles: string[] = [];
  let now = noon;
  let realNow = noon;
  const dependencies = testContext({
    store,
    workflows: temporal,
    clock: { ...createClock(realTime, () => realNow), now: () => now },
    onTrouble: (error, about) => troubles.push(`${about}: ${String(error)}`),
  });
  const { intake } = dependencies;
  return {
    intake,
    dependencies,
    workspace,
    temporal,
    troubles,
    at: (instant) => {
      now = instant;
    },
    realAt: (instant) => {
      realNow = instant;
    },
    publish: async (source) => {
      const publication = { source, compile: (n: number) => compile(source, n), at: noon };
      const contentHash = JSON.stringify(source);
      await store.journeys.publish(workspace.id, { ...publication, contentHash });
      intake.journeysChanged(workspace.id);
    },
    receive: async (incoming) => {
      const receipt = await intake.accept(workspace, {
        name: 'Cart Updated',
        contact,
        properties: {},
        ...incoming,
      });
      await intake.drain();
      if (receipt.kind === 'conflict') throw new Error(`Event ${receipt.id} is in conflict`);
      return receipt;
    },
    enrollments: async () => (await store.enrollments.list(workspace.id, {}, { limit: 100 })).data,
    twin: () => testIntake(store, { temporal, workspace }),
  };
}

function aWorkspace(): Workspace {
  return {
    id: workspaceId(`w-${randomUUID()}`),
    name: 'Shop',
    from: 'shop@shop.test',
    zone: 'Europe/Rome',
    locale: 'en',
  };
}
