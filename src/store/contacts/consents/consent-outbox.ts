import type { ConsentSource } from '../../../core/contacts/consents/circumstances';
import { consentChanges, type ConsentLine } from '../../../core/contacts/consents/consent-line';
import type { Consents, StatedConsents } from '../../../core/contacts/contact';
import type { Instant } from '../../../core/time/clock';
import type { ContactFields, ContactRow } from '../contact-row';
import type { ContactStep, WriteContact } from '../contact-writer';
import type { RecordLines } from './consent-ledger';

const empty = { count: 0, owed: [] } as const;

type Stating = Readonly<{
  after: Consents;
  stated?: StatedConsents;
  source: ConsentSource;
  now: Instant;
}>;

/**
 * The outbox once a row has these consents; nothing where none has changed. A line is numbered, so
 * that its id follows from the row.
 */
export function owing(
  { _id: contact, workspace, consents: before, outbox = empty }: ContactRow,
  { after, stated = {}, source, now }: Stating,
): Pick<ContactFields, 'outbox'> {
  const changes = consentChanges({ before, after, stated, now });
  if (changes.length === 0) return {};
  const { count, owed } = outbox;
  const lines = changes.map((change, index) => ({
    id: `${contact}/${String(count + index + 1).padStart(6, '0')}`,
    ...{ workspace, contact, recordedAt: now, source },
    ...change,
  }));
  return { outbox: { count: count + lines.length, owed: [...owed, ...lines] } };
}

/**
 * Writes the lines of a change to the ledger once the row has changed. The row keeps them until its
 * next change of a consent, which writes them first: a crash may have kept them from the ledger.
 */
export function withLedger(write: WriteContact, record: RecordLines): WriteContact {
  return async (row, step) => {
    const { count, owed } = row.outbox ?? empty;
    const isReplaced = owed.length > 0 && step(row)?.outbox !== undefined;
    if (isReplaced) await record(owed);
    const written = await write(row, isReplaced ? without(owed, step) : step);
    const after = written?.outbox ?? empty;
    if (after.count > count) await record(after.owed);
    return written;
  };
}

function without(recorded: readonly ConsentLine[], step: ContactStep): ContactStep {
  const ids = new Set(recorded.map(({ id }) => id));
  return (row) => {
    const fields = step(row);
    if (!fields?.outbox) return fields;
    const owed = fields.outbox.owed.filter(({ id }) => !ids.has(id));
    return { ...fields, outbox: { ...fields.outbox, owed } };
  };
}
