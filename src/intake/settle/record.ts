import { aboutEnrollment } from '../../core/decisions/about-row';
import type { Decision } from '../../core/decisions/decision';
import type { Enrollment } from '../../core/enrollments/enrollment';
import type { RecordedEvent } from '../../core/events/recorded-event';
import type { IntakeDependencies } from '../dependencies';

type Recorder = Pick<IntakeDependencies, 'store'>;

export async function recordEntered(
  { store }: Recorder,
  event: RecordedEvent,
  row: Enrollment,
): Promise<void> {
  await store.decisions.record([
    {
      ...aboutEnrollment(row),
      id: `${row.id}/entered`,
      at: event.receivedAt,
      kind: 'entered',
      because: event.name,
      event: event.key,
      facts: { version: row.version, occurredAt: new Date(event.occurredAt).toISOString() },
    },
  ]);
}

export async function recordRefreshed(
  { store }: Recorder,
  event: RecordedEvent,
  row: Enrollment,
): Promise<void> {
  await store.decisions.record([
    {
      ...aboutEnrollment(row),
      id: `${row.id}/refreshed/${event.key}`,
      at: event.receivedAt,
      kind: 'refreshed',
      because: event.name,
      event: event.key,
      facts: { occurredAt: new Date(event.occurredAt).toISOString() },
    },
  ]);
}

/** Who stepped in and why; whether anything came of it, other decisions on the same event say. */
export async function recordIntervention(
  { store }: Recorder,
  { key, receivedAt, intervention }: RecordedEvent,
  row: Enrollment,
): Promise<void> {
  if (!intervention) return;
  await store.decisions.record([
    {
      ...aboutEnrollment(row),
      id: `${row.id}/intervened/${key}`,
      at: receivedAt,
      kind: 'intervened',
      because: 'operator',
      event: key,
      facts: intervention,
    },
  ]);
}

export async function recordRefusals({ store }: Recorder, event: RecordedEvent): Promise<void> {
  const { workspace, contact, key, receivedAt } = event;
  const decisions = event.refusals.map(({ journey, reason }): Decision => ({
    id: `${key}/refused/${journey}`,
    workspace,
    contact,
    journey,
    at: receivedAt,
    kind: 'refused',
    because: reason,
    event: key,
  }));
  if (decisions.length > 0) await store.decisions.record(decisions);
}
