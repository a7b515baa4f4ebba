import type { ContactId, WorkspaceId } from '../ids';
import type { Instant } from '../time/clock';
import type { RefusedDecision } from './decision';
import { tooManyIds } from './reasons';

/** A contact has no room for a further visitor. Only the first such visitor is recorded. */
export function withoutRoom(
  about: Readonly<{ workspace: WorkspaceId; contact: ContactId }>,
  at: Instant,
): RefusedDecision {
  return {
    ...about,
    id: `${about.contact}/${tooManyIds}`,
    at,
    kind: 'refused',
    because: tooManyIds,
  };
}
