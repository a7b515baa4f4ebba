import { LRUCache } from 'lru-cache';
import type { Connection } from 'mongoose';
import type { Instant } from '../../core/time/clock';
import type { CompiledJourney } from '../../core/journeys/compiled-journey';
import type { JourneyId, WorkspaceId } from '../../core/ids';
import type { Journey } from '../../core/journeys/journey';
import { json, type Collection } from '../mongo/collection';
import type { StoreScope } from '../mongo/connection';
import { storableJson } from '../mongo/storable-json';
import { mapPage, pageByUnique, type Page, type PageRequest } from '../mongo/page';
import { rowId } from '../mongo/row-id';
import { createRows } from '../mongo/rows';

/** A version as its author published it. */
export type PublishedVersion = Readonly<{
  version: number;
  source: Journey;
  contentHash: string;
  publishedAt: Instant;
}>;

/** A version without its definition. */
export type VersionSummary = Omit<PublishedVersion, 'source' | 'contentHash'>;

/** A version with no more of its definition than a list shows. */
export type VersionTitle = VersionSummary &
  Pick<Journey, 'name' | 'stage'> &
  Readonly<{ journey: JourneyId }>;

type Content = PublishedVersion & Readonly<{ compiled: CompiledJourney }>;

/** The versions of all journeys; once added, one never changes. */
export type Versions = Readonly<{
  /** False where the number is taken. */
  add: (workspace: WorkspaceId, id: JourneyId, content: Content) => Promise<boolean>;
  latest: (workspace: WorkspaceId, id: JourneyId) => Promise<PublishedVersion | undefined>;
  find: (
    workspace: WorkspaceId,
    id: JourneyId,
    version: number,
  ) => Promise<PublishedVersion | undefined>;
  /** From memory where it was read before. */
  compiled: (
    workspace: WorkspaceId,
    id: JourneyId,
    version: number,
  ) => Promise<CompiledJourney | undefined>;
  /** Latest first. */
  of: (workspace: WorkspaceId, id: JourneyId, page: PageRequest) => Promise<Page<VersionSummary>>;
  /** Those of the given journeys and numbers. */
  titles: (
    workspace: WorkspaceId,
    wanted: readonly Readonly<{ id: JourneyId; version: number }>[],
  ) => Promise<readonly VersionTitle[]>;
}>;

type VersionRow = Content & Readonly<{ _id: string; workspace: WorkspaceId; journey: JourneyId }>;

const collection: Collection<VersionRow> = {
  name: 'journeyversions',
  fields: {
    workspace: String,
    journey: String,
    version: Number,
    source: json,
    compiled: json,
    contentHash: String,
    publishedAt: Number,
  },
  indexes: [[{ workspace: 1, journey: 1, version: -1 }, { unique: true }]],
};

const mostInMemory = 500;

export function createVersions(connection: Connection, scope: StoreScope): Versions {
  const rows = createRows<VersionRow>(connection, collection, scope);
  const memory = new LRUCache<string, CompiledJourney>({ max: mostInMemory });

  const compiled = async (workspace: WorkspaceId, id: JourneyId, version: number) => {
    const _id = rowId(workspace, id, version);
    const known = memory.get(_id) ?? (await rows.first({ _id }))?.compiled;
    if (known) memory.set(_id, known);
    return known;
  };

  return {
    add: (workspace, journey, { source, compiled: normal, ...content }) => {
      const _id = rowId(workspace, journey, content.version);
      const storable = { source: storableJson(source), compiled: storableJson(normal) };
      return rows.insert({ _id, workspace, journey, ...content, ...storable });
    },
    latest: async (workspace, journey) =>
      optional(await rows.first({ workspace, journey }, { version: -1 })),
    find: async (workspace, id, version) =>
      optional(await rows.first({ _id: rowId(workspace, id, version) })),
    compiled,
    of: async (workspace, journey, request) => {
      const fields = { version: 1, publishedAt: 1 } as const;
      const reading = { by: 'version', direction: -1, fields } as const;
      const page = await pageByUnique(rows.all, { workspace, journey }, request, reading);
      return mapPage(page, ({ version, publishedAt }) => ({ version, publishedAt }));
    },
    titles: async (workspace, wanted) => {
      const ids = wanted.map(({ id, version }) => rowId(workspace, id, version));
      const fields = { journey: 1, version: 1, publishedAt: 1, ...titleFields } as const;
      return (await rows.all({ _id: { $in: ids } }, { fields })).map(titleOf);
    },
  };
}

const titleFields = { 'source.name': 1, 'source.stage': 1 } as const;

function titleOf({ journey, version, publishedAt, source }: VersionRow): VersionTitle {
  return { journey, version, publishedAt, name: source.name, stage: source.stage };
}

function optional(row: VersionRow | undefined): PublishedVersion | undefined {
  return row && versionOf(row);
}

function versionOf({ version, source, contentHash, publishedAt }: VersionRow): PublishedVersion {
  return { version, source, contentHash, publishedAt };
}
