import { begin } from '../../core/enrollments/begin';
import type { CompiledJourney } from '../../core/journeys/compiled-journey';
import { entryKeysOf } from '../../core/journeys/keys';
import { DomainError } from '../../core/domain-error';
import type { Contact } from '../../core/contacts/contact';
import type { Enrollment } from '../../core/enrollments/enrollment';
import type { Event } from '../../core/events/event';
import { snapshotOf } from '../../core/events/event';
import { enrollmentIdOf } from '../../core/ids';
import type { Refusal, Target } from '../../core/events/recorded-event';
import type { NewEnrollment } from '../../core/enrollments/routes-for';
import type { Workspace } from '../../core/workspaces/workspace';
import { addDuration } from '../../core/time/zoned-time';
import { leaseMs, type IntakeDependencies } from '../dependencies';
import { tagOf } from './event-identity';

type Openings = Readonly<{
  workspace: Workspace;
  contact: Contact;
  event: Event;
  openings: readonly NewEnrollment[];
}>;

type OpenedEnrollments = Readonly<{ targets: readonly Target[]; refusals: readonly Refusal[] }>;

/**
 * Opens an enrollment for each opening, or says why not. Unique indexes decide races: the loser
 * becomes a repeat of the enrollment that is open already.
 */
export async function openEnrollments(
  dependencies: IntakeDependencies,
  openings: Openings,
): Promise<OpenedEnrollments> {
  const results = await Promise.all(
    openings.openings.map((opening) => openEnrollment(dependencies, openings, opening)),
  );
  return {
    targets: results.flatMap((result) => ('enrollment' in result ? [result] : [])),
    refusals: results.flatMap((result) => ('reason' in result ? [result] : [])),
  };
}

async function openEnrollment(
  dependencies: IntakeDependencies,
  { workspace, contact, event }: Openings,
  opening: NewEnrollment,
): Promise<Target | Refusal> {
  const { store, clock } = dependencies;
  const { journey } = opening;
  if (!(await reserve(dependencies, { workspace, contact, event }, journey))) {
    return { journey: journey.id, reason: 'limit' };
  }
  const enrollment = enrollmentOf(dependencies, { workspace, event }, opening);
  const opened = await store.enrollments.open(enrollment, { nextAt: clock.realNow() + leaseMs });
  if (opened.kind === 'taken') throw outrun(enrollment);
  if (opened.enrollment.enteredBy === event.key) {
    return { enrollment: opened.enrollment.id, effect: { kind: 'entered' } };
  }
  await store.limits.release(workspace.id, {
    contact: contact.id,
    journey: journey.id,
    event: event.key,
  });
  if (journey.entry.repeat === 'ignore') return { journey: journey.id, reason: 'open' };
  return { enrollment: opened.enrollment.id, effect: { kind: 'refreshed' } };
}

/**
 * Another event has just opened and ended an enrollment of this key. The client's retry sees it.
 */
function outrun({ id }: Enrollment): DomainError {
  return new DomainError('unavailable', `Enrollment "${id}" was taken at this moment; try again`);
}

async function reserve(
  { store }: IntakeDependencies,
  { workspace, contact, event }: Omit<Openings, 'openings'>,
  { id, entry }: CompiledJourney,
): Promise<boolean> {
  if (!entry.limit) return true;
  const { starts, within } = entry.limit;
  const zone = contact.timeZone ?? workspace.zone;
  return store.limits.reserve(workspace.id, {
    contact: contact.id,
    journey: id,
    event: event.key,
    at: event.occurredAt,
    starts,
    since: 2 * event.occurredAt - addDuration(event.occurredAt, within, zone),
  });
}

function enrollmentOf(
  { tagKey }: IntakeDependencies,
  { workspace, event }: Pick<Openings, 'workspace' | 'event'>,
  { journey, key, n }: NewEnrollment,
): Enrollment {
  const openness = {
    entry: snapshotOf(event),
    firstEntryAt: event.occurredAt,
    openedAt: event.receivedAt,
  };
  const { position } = begin(journey, openness);
  const standing = position.kind === 'ended' ? undefined : position;
  const { id, version } = journey;
  const tag = tagOf(tagKey, workspace.id, key);
  const keys = entryKeysOf(journey, event);
  return {
    id: enrollmentIdOf({ journey: id, contact: event.contact, tag, n }),
    workspace: workspace.id,
    journey: id,
    version,
    contact: event.contact,
    key,
    ...(keys.length > 0 && { keys }),
    n,
    enteredBy: event.key,
    listens: journey.listens,
    snapshot: openness.entry,
    firstEntryAt: openness.firstEntryAt,
    openedAt: openness.openedAt,
    started: false,
    step: standing?.step ?? null,
    since: standing?.since ?? openness.firstEntryAt,
  };
}
