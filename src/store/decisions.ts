import type { Connection } from 'mongoose';
import type { Decision, DecisionKind } from '../core/decisions/decision';
import type { ContactId, EnrollmentId, WorkspaceId } from '../core/ids';
import { json, type Collection } from './mongo/collection';
import type { SessionScope } from './mongo/connection';
import { storableJson } from './mongo/storable-json';
import { mapPage, type Page, type PageRequest } from './mongo/page';
import { rowId } from './mongo/row-id';
import { oneOf } from './mongo/one-of';
import { createRows } from './mongo/rows';

/** The why-record. */
export type Decisions = Readonly<{
  /** Writes what is not there yet; a repeat changes nothing. */
  record: (decisions: readonly Decision[]) => Promise<void>;
  /** Oldest first; of one instant in the order of their ids, numbers by value. */
  ofEnrollment: (workspace: WorkspaceId, id: EnrollmentId) => Promise<readonly Decision[]>;
  /** Latest first. */
  ofContact: (
    workspace: WorkspaceId,
    id: ContactId | readonly ContactId[],
    page: PageRequest,
  ) => Promise<Page<Decision>>;
  /** Takes out the facts that decisions about these contacts rest on; that and why they were taken stays. */
  erase: (workspace: WorkspaceId, contacts: readonly ContactId[]) => Promise<void>;
  /** Entries refused, latest first. */
  refusals: (workspace: WorkspaceId, page: PageRequest) => Promise<Page<Decision>>;
}>;

export type DecisionRow = Decision & Readonly<{ _id: string }>;

export const decisionCollection: Collection = {
  name: 'decisions',
  fields: {
    id: String,
    workspace: String,
    contact: String,
    enrollment: String,
    journey: String,
    at: Number,
    kind: String,
    step: String,
    because: String,
    facts: json,
    event: String,
    message: String,
  },
  indexes: [
    [{ workspace: 1, enrollment: 1, at: 1 }],
    [{ workspace: 1, contact: 1, at: -1, _id: -1 }],
    [{ workspace: 1, kind: 1, at: -1, _id: -1 }, { partialFilterExpression: { kind: 'refused' } }],
  ],
};

/** The facts of these say how it ended, by ids and the author's words. */
const impersonal: readonly DecisionKind[] = ['ended', 'merged', 'erased'];

const ids = new Intl.Collator('en', { numeric: true });

export function createDecisions(connection: Connection, scope: SessionScope): Decisions {
  const rows = createRows<DecisionRow>(connection, decisionCollection, scope);
  return {
    record: (decisions) => rows.insertMissing(decisions.map(rowOf)),
    ofEnrollment: async (workspace, id) => {
      const found = await rows.all({ workspace, enrollment: id }, { order: { at: 1 } });
      return found.map(decisionOf).toSorted((a, b) => a.at - b.at || ids.compare(a.id, b.id));
    },
    ofContact: async (workspace, id, request) =>
      mapPage(await rows.page({ workspace, contact: oneOf(id) }, 'at', request), decisionOf),
    erase: (workspace, contacts) =>
      rows.changeAll(
        { workspace, contact: oneOf(contacts), kind: { $nin: impersonal } },
        { $unset: { facts: 1 } },
      ),
    refusals: async (workspace, request) =>
      mapPage(await rows.page({ workspace, kind: 'refused' }, 'at', request), decisionOf),
  };
}

function rowOf(decision: Decision): DecisionRow {
  const { id, workspace, facts } = decision;
  return { _id: rowId(workspace, id), ...decision, ...(facts && { facts: storableJson(facts) }) };
}

export function decisionOf({ _id, ...decision }: DecisionRow): Decision {
  return decision;
}
