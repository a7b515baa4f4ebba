import { contactFactsOf } from '../../core/contacts/contact';
import type { Ending, Enrollment } from '../../core/enrollments/enrollment';
import { entriesFor } from '../../core/enrollments/routes-for';
import type { RecordedEvent } from '../../core/events/recorded-event';
import type { ContactId, JourneyId } from '../../core/ids';
import { route } from '../accept/accept-event';
import { leaseMs, type IntakeDependencies } from '../dependencies';
import { endIfGone } from './gone';

/** The ids of the person whose events they are. */
type Entering = Readonly<{ ids: readonly ContactId[]; events: readonly RecordedEvent[] }>;

/**
 * Lets entries in that were refused because an enrollment stood open whose workflow is gone.
 * Answers the events as they are stored then.
 */
export async function enterWhereRefused(
  dependencies: IntakeDependencies,
  { ids, events }: Entering,
): Promise<readonly RecordedEvent[]> {
  const renewed: RecordedEvent[] = [];
  for (const event of events) {
    let current = event;
    for (const { journey } of event.refusals.filter(({ reason }) => reason === 'open')) {
      current = (await enterAnew(dependencies, current, { ids, journey })) ?? current;
    }
    renewed.push(current);
  }
  return renewed;
}

/**
 * Opens a new enrollment by an entry that came after the last workflow had gone.
 * Undefined where the event is no such entry.
 */
export async function enterAnew(
  dependencies: IntakeDependencies,
  event: RecordedEvent,
  { ids, journey }: Readonly<{ ids: readonly ContactId[]; journey: JourneyId }>,
): Promise<RecordedEvent | undefined> {
  const { store, live, clock } = dependencies;
  const [workspace, contact, journeys] = await Promise.all([
    store.workspaces.find(event.workspace),
    store.contacts.findById(event.workspace, event.contact),
    live.of(event.workspace),
  ]);
  if (!workspace || !contact) return undefined;
  const entries = entriesFor(event, journeys, contactFactsOf(contact)).filter(
    (entry) => entry.journey.id === journey && entry.key !== undefined,
  );
  const [key] = entries.map((entry) => entry.key);
  if (key === undefined) return undefined;
  const last = await store.enrollments.lastOf(workspace.id, { contact: ids, journey, key });
  if (!last || !(await isOverFor(dependencies, event, last))) return undefined;
  const arrival = { workspace, contact, event, journeys, entries };
  const { targets, refusals } = await route(dependencies, arrival);
  await store.events.reroute(workspace.id, event.key, {
    target: targets.find(({ effect }) => effect.kind === 'entered'),
    refusals: [...event.refusals.filter((refusal) => refusal.journey !== journey), ...refusals],
    nextAt: clock.realNow() + leaseMs,
  });
  return store.events.findByKey(workspace.id, event.key);
}

/** True where nobody but Temporal ended the enrollment, before the event was received. */
async function isOverFor(
  dependencies: IntakeDependencies,
  event: RecordedEvent,
  last: Enrollment,
): Promise<boolean> {
  const open = last.ended === undefined && last.started;
  const ending = open ? await endIfGone(dependencies, last) : last.ended;
  return ending !== undefined && isBeforeReceiptOf(event, ending);
}

function isBeforeReceiptOf({ receivedAt }: RecordedEvent, { because, by, at }: Ending): boolean {
  return because === 'lost' || (because === 'operator' && by === undefined && at <= receivedAt);
}
