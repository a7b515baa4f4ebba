import type { ContactId, WorkspaceId } from '../ids';
import type { Instant } from '../time/clock';
import type { RefusedDecision } from './decision';
import { contactFull, tooManyIds } from './reasons';

type About = Readonly<{ workspace: WorkspaceId; contact: ContactId }>;

/** A contact has no room for a further visitor. Only the first such visitor is recorded. */
export function withoutRoom(about: About, at: Instant): RefusedDecision {
  return refusedOnce(about, at, tooManyIds);
}

/** A contact has no room for traits or tags. Only the first time is recorded. */
export function withoutRoomForValues(about: About, at: Instant): RefusedDecision {
  return refusedOnce(about, at, contactFull);
}

function refusedOnce(
  about: About,
  at: Instant,
  because: typeof tooManyIds | typeof contactFull,
): RefusedDecision {
  return { ...about, id: `${about.contact}/${because}`, at, kind: 'refused', because };
}
