import type { Restart, WaitMeaning } from '../journeys/steps/step';
import type { Instant } from '../time/clock';
import type { Duration } from '../time/duration';
import type { Deadline, Waiting } from './progress';

/** The deadline of a wait that begins now. */
export function firstDeadlineOf(duration: Duration, began: Instant): Deadline {
  return duration.kind === 'exact'
    ? { kind: 'exact', began, from: began, until: began + duration.ms }
    : { kind: 'unresolved', began, from: began };
}

/** True of a calendar wait that was restarted after it was resolved. */
export function isStale(deadline: Deadline): boolean {
  return deadline.kind === 'resolved' && deadline.resolvedFrom !== deadline.from;
}

/** The same wait, to be resolved anew. It ends no earlier than it would have. */
export function unresolved({ began, from }: Deadline, earliest?: Instant): Deadline {
  return { kind: 'unresolved', began, from, ...(earliest !== undefined && { earliest }) };
}

/** A calendar wait whose end, counted from `resolvedFrom`, is known. */
export function resolvedBy(
  deadline: Deadline,
  { restart }: WaitMeaning,
  found: Readonly<{ from: Instant; until: Instant }>,
): Deadline {
  const { began, from } = deadline;
  const latest = restart && from > began ? latestOf(restart, began) : Infinity;
  const earliest = deadline.kind === 'unresolved' ? (deadline.earliest ?? -Infinity) : -Infinity;
  const until = Math.max(earliest, Math.min(found.until, latest));
  return { kind: 'resolved', began, from, until, resolvedFrom: found.from };
}

/** A refresh counts the wait from its own time, within `atMostMs` of the beginning. */
export function restarted(meaning: WaitMeaning, position: Waiting, from: Instant): Waiting {
  const { deadline } = position;
  const { restart, for: duration } = meaning;
  if (!restart || from <= deadline.from) return position;
  if (deadline.kind !== 'exact' || duration.kind !== 'exact') {
    return { ...position, deadline: { ...deadline, from } };
  }
  const renewed = Math.min(from + duration.ms, latestOf(restart, deadline.began));
  const until = Math.max(renewed, deadline.until);
  return { ...position, deadline: { ...deadline, from, until } };
}

function latestOf({ atMostMs = Infinity }: Restart, began: Instant): Instant {
  return began + atMostMs;
}
