import { DomainError } from '../../core/domain-error';
import type { ContactRow } from './contact-row';
import type { Rows } from '../mongo/rows';

/** Each round one of the callers that race each other succeeds. */
export const roundsOfContention = 100;

/** Undefined where the row has changed since, or where another took one of the identities. */
export function replace(
  rows: Pick<Rows<ContactRow>, 'changed'>,
  { workspace, _id, revision }: ContactRow,
  fields: Partial<ContactRow>,
): Promise<ContactRow | undefined> {
  return rows.changed({ workspace, _id, revision }, { $set: fields, $inc: { revision: 1 } });
}

export function contended(): DomainError {
  return new DomainError('unavailable', 'A contact is being changed by many at once; try again.');
}
