import type { Connection } from 'mongoose';
import type { Decision, DecisionKind, RefusedDecision } from '../core/decisions/decision';
import type { ContactId, EnrollmentId, WorkspaceId } from '../core/ids';
import { json, type Collection } from './mongo/collection';
import type { StoreScope } from './mongo/connection';
import { storableJson } from './mongo/storable-json';
import { mapPage, type Page, type PageRequest } from './mongo/page';
import { rowId } from './mongo/row-id';
import { oneOf } from './mongo/one-of';
import { createRows } from './mongo/rows';

/** The why-record. */
export type Decisions = Readonly<{
  /** Writes what is not there yet, and says for each whether it was. A repeat changes nothing. */
  record: (decisions: readonly Decision[]) => Promise<readonly boolean[]>;
  /** The decision that stands under an id. */
  find: (workspace: WorkspaceId, id: Decision['id']) => Promise<Decision | undefined>;
  /** Oldest first; on equal timestamps in the order of their ids, numbers by value. */
  ofEnrollment: (workspace: WorkspaceId, id: EnrollmentId) => Promise<readonly Decision[]>;
  /** Latest first. */
  ofContact: (
    workspace: WorkspaceId,
    id: ContactId | readonly ContactId[],
    page: PageRequest,
  ) => Promise<Page<Decision>>;
  /** Removes the facts behind the decisions about these contacts; kinds and reasons stay. */
  erase: (workspace: WorkspaceId, contacts: readonly ContactId[]) => Promise<void>;
  /** Entries refused, latest first. */
  refusals: (workspace: WorkspaceId, page: PageRequest) => Promise<Page<RefusedDecision>>;
}>;

export type DecisionRow = Decision & Readonly<{ _id: string }>;

type RefusedRow = RefusedDecision & Readonly<{ _id: string }>;

/** The facts of these say how it ended, by ids and the author's words. */
const impersonal: readonly DecisionKind[] = ['ended', 'merged', 'erased'];

export const decisionCollection: Collection<DecisionRow> = {
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
  personal: {
    ownerOf: ({ contact }) => contact as string | undefined,
    parts: { why: ['facts'] },
    isImpersonal: ({ kind }) => impersonal.some((other) => other === kind),
  },
  indexes: [
    [{ workspace: 1, enrollment: 1, at: 1 }],
    [{ workspace: 1, contact: 1, at: -1, _id: -1 }],
    [{ workspace: 1, kind: 1, at: -1, _id: -1 }, { partialFilterExpression: { kind: 'refused' } }],
  ],
};

const ids = new Intl.Collator('en', { numeric: true });

export function createDecisions(connection: Connection, scope: StoreScope): Decisions {
  const rows = createRows<DecisionRow>(connection, decisionCollection, scope);
  const refused = createRows<RefusedRow>(connection, decisionCollection, scope);
  return {
    record: (decisions) => rows.insertMissing(decisions.map(rowOf)),
    find: async (workspace, id) => {
      const row = await rows.get(workspace, rowId(workspace, id));
      return row && decisionOf(row);
    },
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
      mapPage(await refused.page({ workspace, kind: 'refused' }, 'at', request), refusalOf),
  };
}

function rowOf(decision: Decision): DecisionRow {
  const row = { _id: rowId(decision.workspace, decision.id), ...decision };
  return 'facts' in row ? { ...row, facts: storableJson(row.facts) } : row;
}

function refusalOf({ _id, ...refusal }: RefusedRow): RefusedDecision {
  return refusal;
}

export function decisionOf({ _id, ...decision }: DecisionRow): Decision {
  return decision;
}
