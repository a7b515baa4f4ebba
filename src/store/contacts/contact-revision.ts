import { DomainError } from '../../core/domain-error';
import type { ContactFields, ContactRow } from './contact-row';
import type { Rows } from '../mongo/rows';

/** Each round one of the callers that race each other succeeds. */
export const roundsOfContention = 100;

/** Undefined where the row has changed since, or where another took one of the identities. */
export function replace(
  rows: Pick<Rows<ContactRow>, 'changed'>,
  row: ContactRow,
  fields: ContactFields,
): Promise<ContactRow | undefined> {
  const { workspace, _id, revision } = row;
  const isGone = ([, value]: readonly [string, unknown]) => value === undefined;
  const entries = Object.entries(fields);
  const gone = entries.filter(isGone).map(([name]) => [name, 1] as const);
  return rows.changed(
    { workspace, _id, revision },
    {
      $set: Object.fromEntries(entries.filter((entry) => !isGone(entry))),
      ...(gone.length > 0 && { $unset: Object.fromEntries(gone) }),
      $inc: { revision: 1 },
    },
    row,
  );
}

export function contended(): DomainError {
  return new DomainError('unavailable', 'A contact is being changed by many at once; try again.');
}
