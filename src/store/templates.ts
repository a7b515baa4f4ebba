import type { Connection } from 'mongoose';
import type { Instant } from '../core/time/clock';
import type { TemplateId, WorkspaceId } from '../core/ids';
import type { JsonObject } from '../core/json/json';
import { DomainError } from '../core/domain-error';
import { json, type Collection } from './mongo/collection';
import type { StoreScope } from './mongo/connection';
import { storableJson } from './mongo/storable-json';
import { untilWon, type Retrying } from './mongo/failures/try-again';
import { mapPage, pageByUnique, type Page, type PageRequest } from './mongo/page';
import { rowId } from './mongo/row-id';
import { refuseOneMore } from './quotas';
import { createRows, type Rows } from './mongo/rows';

/** The text of its author, and the form that is rendered. */
export type TemplateContents = Readonly<{
  id: TemplateId;
  source: JsonObject;
  compiled: JsonObject;
}>;

/** `version` counts the different contents of a template from 1. */
export type TemplateRecord = TemplateContents & Readonly<{ version: number; updatedAt: Instant }>;

/** `contentHash` decides whether the content is new. */
export type TemplateChange = Readonly<{ contentHash: string; at: Instant }>;

export type Templates = Readonly<{
  /**
   * Replaces a template. The same content again keeps its version, and `created` is false then.
   */
  put: (
    workspace: WorkspaceId,
    template: TemplateContents,
    change: TemplateChange,
  ) => Promise<Readonly<{ created: boolean; version: number }>>;
  find: (workspace: WorkspaceId, id: TemplateId) => Promise<TemplateRecord | undefined>;
  all: (workspace: WorkspaceId) => Promise<readonly TemplateRecord[]>;
  /** In the order of their ids. */
  list: (workspace: WorkspaceId, page: PageRequest) => Promise<Page<TemplateRecord>>;
}>;

type TemplateRow = TemplateRecord &
  Readonly<{ _id: string; workspace: WorkspaceId; contentHash: string }>;

const collection: Collection<TemplateRow> = {
  name: 'templates',
  fields: {
    id: String,
    workspace: String,
    source: json,
    compiled: json,
    contentHash: String,
    version: Number,
    updatedAt: Number,
  },
  indexes: [[{ workspace: 1, id: 1 }, { unique: true }]],
};

export function createTemplates(connection: Connection, scope: StoreScope): Templates {
  const rows = createRows<TemplateRow>(connection, collection, scope);
  return {
    put: (workspace, template, change) =>
      put(rows, { workspace, ...template }, { ...change, retrying: scope.retrying }),
    find: async (workspace, id) => {
      const row = await rows.first({ workspace, id });
      return row && templateOf(row);
    },
    all: async (workspace) => (await rows.all({ workspace }, { order: { id: 1 } })).map(templateOf),
    list: async (workspace, request) =>
      mapPage(await pageByUnique(rows.all, { workspace }, request, { by: 'id' }), templateOf),
  };
}

async function put(
  rows: Rows<TemplateRow>,
  { workspace, id, source, compiled }: TemplateContents & Readonly<{ workspace: WorkspaceId }>,
  { contentHash, at, retrying }: TemplateChange & Readonly<{ retrying: Retrying }>,
): Promise<Readonly<{ created: boolean; version: number }>> {
  const own = { _id: rowId(workspace, id), workspace, id };
  const stored = await untilWon(retrying, async () => {
    const latest = await rows.first(own);
    if (latest?.contentHash === contentHash) return { created: false, version: latest.version };
    if (!latest) await refuseOneMore(workspace, { rows, things: 'templates' });
    const version = (latest?.version ?? 0) + 1;
    const content = { source: storableJson(source), compiled: storableJson(compiled), contentHash };
    const next = { ...content, version, updatedAt: at };
    const isStored = latest
      ? await rows.change({ ...own, version: latest.version }, { $set: next })
      : await rows.insert({ ...own, ...next });
    return isStored ? { created: true, version } : undefined;
  });
  if (stored) return stored;
  throw new DomainError('conflict', `Template "${id}" is being changed by others; try again.`);
}

function templateOf({ id, source, compiled, version, updatedAt }: TemplateRow): TemplateRecord {
  return { id, source, compiled, version, updatedAt };
}
