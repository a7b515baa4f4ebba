import type { Connection } from 'mongoose';
import type { Instant } from '../../core/time/clock';
import type { CompiledJourney } from '../../core/journeys/compiled-journey';
import { DomainError } from '../../core/domain-error';
import { journeyId, type JourneyId, type WorkspaceId } from '../../core/ids';
import type { Journey } from '../../core/journeys/journey';
import { type Collection } from '../mongo/collection';
import type { StoreScope } from '../mongo/connection';
import { untilWon, type Retrying } from '../mongo/failures/try-again';
import {
  createVersions,
  type PublishedVersion,
  type Versions,
  type VersionSummary,
  type VersionTitle,
} from './journey-versions';
import { pageByUnique, type Page, type PageRequest } from '../mongo/page';
import { mostVersions, refuseOneMore, tooManyVersions } from '../quotas';
import { rowId } from '../mongo/row-id';
import { createRows, type Rows } from '../mongo/rows';

export type JourneyStatus = 'live' | 'paused' | 'archived';

/** `compile` makes the normal form; `contentHash` decides whether the source is new. */
export type Publication = Readonly<{
  source: Journey;
  compile: (version: number) => CompiledJourney;
  contentHash: string;
  at: Instant;
}>;

/** A journey and its latest version. */
export type PublishedJourney = PublishedVersion &
  Readonly<{ id: JourneyId; status: JourneyStatus }>;
/** A journey as a list shows it. */
export type ListedJourney = Omit<VersionTitle, 'journey'> &
  Readonly<{ id: JourneyId; status: JourneyStatus }>;
export type LiveJourney = Readonly<{ journey: CompiledJourney; status: 'live' | 'paused' }>;

export type Journeys = Readonly<{
  /** Adds an immutable version; the same content as the latest is that version again. */
  publish: (
    workspace: WorkspaceId,
    publication: Publication,
  ) => Promise<Readonly<{ version: number; created: boolean }>>;
  /** The latest version of every journey that is not archived. */
  live: (workspace: WorkspaceId) => Promise<readonly LiveJourney[]>;
  version: (
    workspace: WorkspaceId,
    id: JourneyId,
    version: number,
  ) => Promise<CompiledJourney | undefined>;
  find: (workspace: WorkspaceId, id: JourneyId) => Promise<PublishedJourney | undefined>;
  /** In the order of their ids, archived ones too. */
  list: (workspace: WorkspaceId, page: PageRequest) => Promise<Page<ListedJourney>>;
  /** Latest first. */
  versions: (
    workspace: WorkspaceId,
    id: JourneyId,
    page: PageRequest,
  ) => Promise<Page<VersionSummary>>;
  /** A version as it was published. */
  source: (
    workspace: WorkspaceId,
    id: JourneyId,
    version: number,
  ) => Promise<PublishedVersion | undefined>;
}>;

type JourneyRow = Readonly<{
  _id: string;
  workspace: WorkspaceId;
  id: JourneyId;
  status: JourneyStatus;
  latest: number;
}>;

const collection: Collection<JourneyRow> = {
  name: 'journeys',
  fields: { workspace: String, id: String, status: String, latest: Number },
  indexes: [[{ workspace: 1, id: 1 }, { unique: true }]],
};

export function createJourneys(connection: Connection, scope: StoreScope): Journeys {
  const rows = createRows<JourneyRow>(connection, collection, scope);
  const versions = createVersions(connection, scope);
  const all = (workspace: WorkspaceId) => rows.all({ workspace }, { order: { id: 1 } });
  return {
    publish: async (workspace, publication) => {
      const own = { workspace, id: journeyId(publication.source.id) };
      const publishing = { publication, rows, retrying: scope.retrying };
      const result = await publish(versions, own, publishing);
      await announce(rows, own, result.version);
      return result;
    },
    live: async (workspace) => live(versions, await all(workspace)),
    version: (workspace, id, version) => versions.compiled(workspace, id, version),
    find: async (workspace, id) => {
      const row = await rows.first({ workspace, id });
      return row && published(versions, row);
    },
    list: async (workspace, request) => {
      const { data, ...rest } = await pageByUnique(rows.all, { workspace }, request, {
        by: 'id',
      });
      return { data: await listed(versions, workspace, data), ...rest };
    },
    versions: (workspace, id, request) => versions.of(workspace, id, request),
    source: (workspace, id, version) => versions.find(workspace, id, version),
  };
}

type Own = Readonly<{ workspace: WorkspaceId; id: JourneyId }>;

type Publishing = Readonly<{
  publication: Publication;
  rows: Rows<JourneyRow>;
  retrying: Retrying;
}>;

async function publish(
  versions: Versions,
  { workspace, id }: Own,
  { publication, rows, retrying }: Publishing,
): Promise<Readonly<{ version: number; created: boolean }>> {
  const { source, compile, contentHash, at } = publication;
  const published = await untilWon(retrying, async () => {
    const latest = await versions.latest(workspace, id);
    if (latest?.contentHash === contentHash) return { version: latest.version, created: false };
    if (!latest) await refuseOneMore(workspace, { rows, things: 'journeys' });
    const version = (latest?.version ?? 0) + 1;
    if (version > mostVersions) throw tooManyVersions(id);
    const content = { version, source, compiled: compile(version), contentHash, publishedAt: at };
    const isAdded = await versions.add(workspace, id, content);
    return isAdded ? { version, created: true } : undefined;
  });
  if (published) return published;
  throw new DomainError('conflict', `Journey "${id}" is being published by others; try again.`);
}

/** Runs after the version is stored and on every repeat: that heals a crash. */
async function announce(rows: Rows<JourneyRow>, own: Own, latest: number): Promise<void> {
  const row = { _id: rowId(own.workspace, own.id), ...own, status: 'live', latest } as const;
  if (await rows.insert(row)) return;
  await rows.change(own, { $max: { latest } });
}

async function live(
  versions: Versions,
  rows: readonly JourneyRow[],
): Promise<readonly LiveJourney[]> {
  const found = await Promise.all(
    rows.map(async ({ workspace, id, latest, status }) => {
      if (status === 'archived') return undefined;
      const journey = await versions.compiled(workspace, id, latest);
      return journey && { journey, status };
    }),
  );
  return found.filter((entry) => entry !== undefined);
}

async function listed(
  versions: Versions,
  workspace: WorkspaceId,
  rows: readonly JourneyRow[],
): Promise<readonly ListedJourney[]> {
  const wanted = rows.map(({ id, latest }) => ({ id, version: latest }));
  const titles = await versions.titles(workspace, wanted);
  const byJourney = new Map(titles.map(({ journey, ...title }) => [journey, title]));
  return rows.flatMap(({ id, status }) => {
    const title = byJourney.get(id);
    return title ? [{ id, status, ...title }] : [];
  });
}

async function published(
  versions: Versions,
  { workspace, id, status, latest }: JourneyRow,
): Promise<PublishedJourney | undefined> {
  const version = await versions.find(workspace, id, latest);
  return version && { id, status, ...version };
}
