import type { Enrollment } from '../../core/enrollments/enrollment';
import { snapshotOf, type Snapshot } from '../../core/events/event';
import { pick } from '../../core/conditions/fact-at';
import type { CompiledJourney } from '../../core/journeys/compiled-journey';
import type { JsonObject } from '../../core/json/json';
import { isJsonObject } from '../../core/json/json';
import type { HeardEvent } from '../../core/enrollments/progress';
import type { EnrollmentInput } from '../../contract/enrollment-workflow';
import type { Applied } from './apply-to-row';
import { closeRow } from '../close-row';
import type { IntakeDependencies } from '../dependencies';
import { journeyOf } from '../journey-of';

/** Everything that waits for one enrollment, in order; without a row there is nobody to tell. */
export type Group = Readonly<{ row: Enrollment | undefined; applied: readonly Applied[] }>;

/**
 * Brings one enrollment's workflow up to date: its start if that is still owed, then one signal with all its events. A
 * workflow that is gone is a normal answer; its row is closed if it was still open.
 */
export async function deliver(
  dependencies: IntakeDependencies,
  { row, applied }: Group,
): Promise<void> {
  if (!row) return;
  const journey = await journeyOf(dependencies, row);
  if (!row.started) await startRow(dependencies, row);
  // Also what a crash has left owed to a row that has ended since: it was acknowledged before the end.
  const events = applied
    .filter(({ effect }) => effect.kind !== 'entered')
    .map((item) => heardOf(journey, item));
  if (events.length === 0) return;
  const told = await dependencies.workflows.tell(row.id, events);
  dependencies.failpoint('after-signal');
  if (told === 'not-found') await mendMissing(dependencies, row, events);
}

/** Starts the workflow of a row. It counts from the event that opened the row, whatever refreshed it since. */
export async function startRow(dependencies: IntakeDependencies, row: Enrollment): Promise<void> {
  const { store, workflows } = dependencies;
  await workflows.start(await inputOf(dependencies, row));
  dependencies.failpoint('after-start');
  await store.enrollments.markStarted(row.workspace, row.id);
}

async function mendMissing(
  dependencies: IntakeDependencies,
  row: Enrollment,
  events: readonly HeardEvent[],
): Promise<void> {
  const { store, workflows, clock } = dependencies;
  const fresh = await store.enrollments.find(row.workspace, row.id);
  if (fresh && !fresh.started) {
    await startRow(dependencies, fresh);
    if ((await workflows.tell(row.id, events)) === 'told') return;
  }
  await closeRow(dependencies, row, { as: 'stopped', because: 'operator', at: clock.now() });
}

async function inputOf(
  dependencies: IntakeDependencies,
  row: Enrollment,
): Promise<EnrollmentInput> {
  const journey = await journeyOf(dependencies, row);
  const { workspace, id, contact, firstEntryAt, openedAt } = row;
  const first = await firstSnapshotOf(dependencies, row);
  const entry = { ...first, properties: pruned(first.properties, journey.needs.entry) };
  return {
    workspace,
    enrollment: id,
    contact,
    journey,
    opening: { entry, firstEntryAt, openedAt },
    clock: dependencies.clock.virtual,
  };
}

async function firstSnapshotOf({ store }: IntakeDependencies, row: Enrollment): Promise<Snapshot> {
  if (row.snapshot.event === row.enteredBy) return row.snapshot;
  const event = await store.events.findByKey(row.workspace, row.enteredBy);
  return event ? snapshotOf(event) : row.snapshot;
}

function heardOf(journey: CompiledJourney, { event, effect }: Applied): HeardEvent {
  const { key, name, occurredAt, receivedAt, properties } = event;
  const { needs } = journey;
  const paths = effect.kind === 'refreshed' ? [...needs.event, ...needs.entry] : needs.event;
  return { id: key, name, occurredAt, receivedAt, properties: pruned(properties, paths), effect };
}

function pruned(properties: JsonObject, paths: readonly string[]): JsonObject {
  const kept = pick({ properties }, paths)['properties'];
  return isJsonObject(kept) ? kept : {};
}
