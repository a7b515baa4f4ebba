import { DomainError } from '../core/domain-error';
import type { WorkspaceId } from '../core/ids';

/** A workspace has at most this many journeys, and at most this many templates. */
export const mostOfAWorkspace = 1_000;
/** A workspace has at most this many API keys. */
export const mostKeys = 100;
/** A workspace has at most this many domains that it sends from. */
export const mostSenders = 100;
/** A journey has at most this many versions. */
export const mostVersions = 1_000;

type Counted = Readonly<{
  /** The rows, one for each of these things. */
  rows: Readonly<{
    count: (filter: Readonly<{ workspace: WorkspaceId }>, most: number) => Promise<number>;
  }>;
  things: keyof typeof bounds;
}>;

const bounds = {
  journeys: { most: mostOfAWorkspace, remedy: 'change one of them' },
  keys: { most: mostKeys, remedy: 'delete one that is not needed' },
  senders: { most: mostSenders, remedy: 'delete one that is not needed' },
  templates: { most: mostOfAWorkspace, remedy: 'change one of them' },
} as const;

/** Throws DomainError `invalid` where a workspace has as many of these as it may have. */
export async function refuseOneMore(
  workspace: WorkspaceId,
  { rows, things }: Counted,
): Promise<void> {
  const { most, remedy } = bounds[things];
  if ((await rows.count({ workspace }, most)) < most) return;
  throw new DomainError(
    'invalid',
    `The workspace has ${most} ${things}, and no room for another; ${remedy}.`,
  );
}

/** Says that a journey has as many versions as it may have. */
export function tooManyVersions(journey: string): DomainError {
  return new DomainError(
    'invalid',
    `Journey "${journey}" has ${mostVersions} versions, and no room for another; publish it under another id.`,
  );
}
