import type { Connection } from 'mongoose';
import type { ConsentLine } from '../../../core/contacts/consents/consent-line';
import type { ContactId, WorkspaceId } from '../../../core/ids';
import { json, type Collection } from '../../mongo/collection';
import type { StoreScope } from '../../mongo/connection';
import { oneOf } from '../../mongo/one-of';
import { mapPage, type Page, type PageRequest } from '../../mongo/page';
import { rowId } from '../../mongo/row-id';
import { createRows } from '../../mongo/rows';

/** Each change of a consent, for ever. Only contacts add lines to it. */
export type ConsentLedger = Readonly<{
  /** Latest first, by the time of record. */
  ofContact: (
    workspace: WorkspaceId,
    id: ContactId | readonly ContactId[],
    page: PageRequest,
  ) => Promise<Page<ConsentLine>>;
  /** Removes the evidence about these contacts; the lines stay. */
  erase: (workspace: WorkspaceId, contacts: readonly ContactId[]) => Promise<void>;
}>;

/** Writes lines that are not there yet. A repeat changes nothing. */
export type RecordLines = (lines: readonly ConsentLine[]) => Promise<void>;

type LineRow = ConsentLine & Readonly<{ _id: string }>;

const consentRows: Collection<LineRow> = {
  name: 'consents',
  fields: {
    id: String,
    workspace: String,
    contact: String,
    purpose: String,
    channel: String,
    given: json,
    at: Number,
    recordedAt: Number,
    source: String,
    textVersion: String,
    evidence: json,
    basis: String,
  },
  personal: {
    ownerOf: ({ contact }) => contact as string,
    parts: { shown: ['evidence'] },
  },
  indexes: [[{ workspace: 1, contact: 1, recordedAt: -1, _id: -1 }]],
};

export function createConsentLedger(connection: Connection, scope: StoreScope): ConsentLedger {
  const rows = createRows<LineRow>(connection, consentRows, scope);
  return {
    ofContact: async (workspace, id, request) => {
      const filter = { workspace, contact: oneOf(id) };
      return mapPage(await rows.page(filter, 'recordedAt', request), lineOf);
    },
    erase: (workspace, contacts) =>
      rows.changeAll({ workspace, contact: oneOf(contacts) }, { $unset: { evidence: 1 } }),
  };
}

export function createRecordLines(connection: Connection, scope: StoreScope): RecordLines {
  const rows = createRows<LineRow>(connection, consentRows, scope);
  return async (lines) => {
    await rows.insertMissing(
      lines.map((line) => ({ _id: rowId(line.workspace, line.id), ...line })),
    );
  };
}

function lineOf({ _id, ...line }: LineRow): ConsentLine {
  return line;
}
