import { DomainError } from '../core/domain-error';

/** A workspace has at most this many journeys, and at most this many templates. */
export const mostOfAWorkspace = 1_000;
/** A journey has at most this many versions. */
export const mostVersions = 1_000;

/** Says that a workspace has as many of these as it may have. */
export function tooManyOf(things: 'journeys' | 'templates'): DomainError {
  return new DomainError(
    'invalid',
    `The workspace has ${mostOfAWorkspace} ${things}, and no room for another; change one of them.`,
  );
}

/** Says that a journey has as many versions as it may have. */
export function tooManyVersions(journey: string): DomainError {
  return new DomainError(
    'invalid',
    `Journey "${journey}" has ${mostVersions} versions, and no room for another; publish it under another id.`,
  );
}
