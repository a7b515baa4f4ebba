import { personIdsOf, type Contact } from '../../core/contacts/contact';
import type { Event } from '../../core/events/event';
import type { CompiledJourney } from '../../core/journeys/compiled-journey';
import { eventId } from '../../core/ids';
import { withListedProducts } from '../../core/events/listed-products';
import type { JsonObject } from '../../core/json/json';
import type { RecordedEvent } from '../../core/events/recorded-event';
import type { Enrollment } from '../../core/enrollments/enrollment';
import { keyOf } from '../../core/enrollments/routes-for';
import type { Workspace } from '../../core/workspaces/workspace';
import type { IntakeDependencies } from '../dependencies';
import { engineKeyOf, fingerprintOf } from './event-identity';
import type { EnrollmentAnswer, EnrollmentRequest } from '../intake';
import { resolveContact } from '../resolve-contact';
import { endIfGone } from '../settle/gone';
import { acceptEvent } from './accept-event';

/** The name of the event that an API start is recorded as. */
export const enrollmentRequested = 'Enrollment Requested';

type Start = Readonly<{
  workspace: Workspace;
  request: EnrollmentRequest;
  settleSoon(event: RecordedEvent): void;
}>;

/** Starts a journey by the same path as an event. Its entry condition is the caller's business. */
export async function enroll(
  dependencies: IntakeDependencies,
  { workspace, request, settleSoon }: Start,
): Promise<EnrollmentAnswer> {
  const { receivedNow, live, newEventId } = dependencies;
  const journeys = await live.of(workspace.id);
  const journey = journeys.find(({ id }) => id === request.journey);
  if (!journey) return { kind: 'unknown-journey' };
  const at = receivedNow();
  const contact = await resolveContact(dependencies, workspace.id, {
    ref: request.contact,
    now: at,
  });
  const id = `enroll:${request.requestId ?? newEventId()}`;
  const data = withListedProducts(request.data);
  const key = request.key ?? keyOf(journey, { properties: data });
  await endGone(dependencies, { workspace, contact, journey, key });
  const event: Event = {
    id: eventId(id),
    key: engineKeyOf(workspace.id, id),
    name: enrollmentRequested,
    contact: contact.id,
    occurredAt: Math.floor(at),
    receivedAt: at,
    properties: data,
    source: 'api',
  };
  const received = await acceptEvent(dependencies, {
    workspace,
    contact,
    event,
    journeys,
    entries: [{ journey, key }],
    fingerprint: fingerprintOfRequest(request),
  });
  if (received.kind === 'conflict') return { kind: 'conflict', id };
  settleSoon(received.event);
  return answerOf(dependencies, { workspace, contact, journey, key, event: received.event });
}

/** Ends the enrollment that stands in the way, if its workflow is gone. Doubt leaves it alone. */
async function endGone(
  dependencies: IntakeDependencies,
  standing: Omit<Answering, 'event'>,
): Promise<void> {
  const enrollment = await standingOf(dependencies, standing);
  if (enrollment?.started) await endIfGone(dependencies, enrollment).catch(() => undefined);
}

function fingerprintOfRequest({ journey, contact, key, data }: EnrollmentRequest): string {
  return fingerprintOf({ journey, contact: { ...contact } as JsonObject, key: key ?? null, data });
}

type Answering = Readonly<{
  workspace: Workspace;
  contact: Contact;
  journey: CompiledJourney;
  key: string | undefined;
  event: RecordedEvent;
}>;

async function answerOf(
  dependencies: IntakeDependencies,
  { event, ...about }: Answering,
): Promise<EnrollmentAnswer> {
  const entered = event.targets.find(({ effect }) => effect.kind === 'entered');
  if (entered) return { kind: 'enrolled', enrollment: entered.enrollment };
  const refusal = event.refusals.find((refused) => refused.journey === about.journey.id);
  if (refusal && refusal.reason !== 'open') return { kind: 'refused', reason: refusal.reason };
  const standing = await standingOf(dependencies, about);
  return standing
    ? { kind: 'already-enrolled', enrollment: standing.id }
    : { kind: 'refused', reason: 'open' };
}

/** The open enrollment of this journey and key. */
async function standingOf(
  { store }: IntakeDependencies,
  { workspace, contact, journey, key }: Omit<Answering, 'event'>,
): Promise<Enrollment | undefined> {
  const open = await store.enrollments.openOf(workspace.id, personIdsOf(contact));
  return open.find((one) => one.journey === journey.id && one.key === key);
}
