import { z } from 'zod';
import type { Fault } from '../../core/domain-error';
import { journeyId } from '../../core/ids';
import { journeySchema } from '../../core/journeys/journey.schema';
import { stages } from '../../core/journeys/journey';
import { examineJourney, publishJourney } from '../../operations/journeys/publish-journey';
import type { PublishedVersion, VersionSummary } from '../../store/journeys/journey-versions';
import type { ListedJourney } from '../../store/journeys/journeys';
import {
  faultSchema,
  isoOf,
  isoSchema,
  objectSchema,
  pageRequestOf,
  pageSchema,
  paging,
} from '../http/answers';
import { operation } from '../http/operation';
import { json, refusal, type Reply } from '../http/reply';

const journeyParams = z.strictObject({ journeyId: z.string().min(1).max(64) });

const linksSchema = z.object({ self: z.string(), versions: z.string(), enrollments: z.string() });
const warnings = z
  .array(faultSchema)
  .meta({ description: 'What its author probably did not mean' });
const publishedSchema = z.object({
  id: z.string(),
  version: z.int(),
  effectiveAt: isoSchema.meta({
    description:
      'From then on every process enters contacts by this version; this one does at once',
  }),
  warnings,
  links: linksSchema,
});
const summarySchema = z.object({
  id: z.string(),
  name: z.string(),
  stage: z.enum(stages),
  status: z.enum(['live', 'paused', 'archived']),
  version: z.int(),
  publishedAt: isoSchema,
  links: linksSchema,
});
const versionSchema = z.object({
  version: z.int(),
  publishedAt: isoSchema,
  source: objectSchema.meta({ description: 'As it was published' }),
});

const listedVersionSchema = versionSchema
  .omit({ source: true })
  .extend({ links: z.object({ self: z.string() }) });

const journeyInput = journeySchema
  .extend({
    id: journeySchema.shape.id.optional().meta({ description: 'By default the one of the path' }),
  })
  .meta({ id: 'JourneyInput' });

/** The bound on how old the journeys are that a process goes by. */
const everywhereWithinMs = 1_000;

export const putJourney = operation({
  summary: 'Publish a journey',
  description:
    'Checks, compiles and stores a new immutable version; the same content again is the same version. ' +
    'Who is inside keeps the version they entered with. With `dryRun=true` it only checks.',
  params: journeyParams,
  query: z.strictObject({ dryRun: z.enum(['true', 'false']).default('false') }),
  body: journeyInput,
  answers: {
    200: {
      description: 'The latest version has this content already; or it is fit to be published',
      schema: publishedSchema.partial({ version: true, effectiveAt: true }),
    },
    201: { description: 'A new version', schema: publishedSchema },
  },
  refuses: ['conflict', 'unprocessable'],
  handle: async ({ params, query, body, workspace }, deps) => {
    const id = body.id ?? params.journeyId;
    if (id !== params.journeyId) return faulty(id, [misnamed(id, params.journeyId)]);
    const journey = { ...body, id };
    if (query.dryRun === 'true') {
      const verdict = await examineJourney(deps, workspace, journey);
      if (verdict.kind === 'faulty') return faulty(id, verdict.faults);
      return json(200, { id, warnings: verdict.warnings, links: linksOf(id) });
    }
    const { clock, intake } = deps;
    const published = await publishJourney(
      { ...deps, now: clock.now(), journeysChanged: intake.journeysChanged },
      workspace,
      journey,
    );
    if (published.kind === 'faulty') return faulty(id, published.faults);
    const { version, created } = published;
    const effectiveAt = isoOf(deps.clock.engineTimeOf(deps.clock.realNow() + everywhereWithinMs));
    const answer = { id, version, effectiveAt, warnings: published.warnings, links: linksOf(id) };
    return json(created ? 201 : 200, answer);
  },
});

export const listJourneys = operation({
  summary: 'The journeys of the workspace, by id',
  query: z.strictObject(paging),
  answers: { 200: { description: 'A page', schema: pageSchema(summarySchema) } },
  refuses: ['unprocessable'],
  handle: async ({ query, workspace }, { store }) => {
    const page = await store.journeys.list(workspace.id, pageRequestOf(query));
    return json(200, { ...page, data: page.data.map(summaryOf) });
  },
});

export const getJourney = operation({
  summary: 'A journey and its latest version',
  params: journeyParams,
  answers: {
    200: { description: 'The journey', schema: summarySchema.extend(versionSchema.shape) },
  },
  refuses: ['not-found'],
  handle: async ({ params, workspace }, { store }) => {
    const found = await store.journeys.find(workspace.id, journeyId(params.journeyId));
    if (!found) return noJourney(params.journeyId);
    const { name, stage } = found.source;
    return json(200, { ...summaryOf({ ...found, name, stage }), source: found.source });
  },
});

export const listVersions = operation({
  summary: 'The versions of a journey, latest first',
  description: 'Without their definitions; each `self` answers one with it.',
  params: journeyParams,
  query: z.strictObject(paging),
  answers: { 200: { description: 'A page', schema: pageSchema(listedVersionSchema) } },
  refuses: ['not-found', 'unprocessable'],
  handle: async ({ params, query, workspace }, { store }) => {
    const id = journeyId(params.journeyId);
    const page = await store.journeys.versions(workspace.id, id, pageRequestOf(query));
    if (page.data.length === 0 && query.cursor === undefined) return noJourney(id);
    return json(200, { ...page, data: page.data.map((version) => listedVersionOf(id, version)) });
  },
});

export const getVersion = operation({
  summary: 'One version of a journey, as it was published',
  params: journeyParams.extend({ version: z.coerce.number().int().min(1).max(1_000_000_000) }),
  answers: { 200: { description: 'The version', schema: versionSchema } },
  refuses: ['not-found'],
  handle: async ({ params, workspace }, { store }) => {
    const id = journeyId(params.journeyId);
    const found = await store.journeys.source(workspace.id, id, params.version);
    if (!found)
      return refusal(
        'not-found',
        `Journey "${params.journeyId}" has no version ${params.version}.`,
      );
    return json(200, versionOf(found));
  },
});

/** The answer where a journey is named that the workspace does not have. */
export function noJourney(id: string): Reply {
  return refusal('not-found', `There is no journey "${id}"; publish it by PUT /v1/journeys/${id}.`);
}

function misnamed(id: string, wanted: string): Fault {
  const detail = `The journey calls itself "${id}", the path calls it "${wanted}"; use one id`;
  return { pointer: '/id', code: 'other-id', detail };
}

function faulty(id: string, faults: readonly Fault[]): Reply {
  return refusal('unprocessable', `Journey "${id}" cannot be published; see errors.`, faults);
}

function summaryOf({ id, name, stage, status, version, publishedAt }: ListedJourney) {
  return { id, name, stage, status, version, publishedAt: isoOf(publishedAt), links: linksOf(id) };
}

function versionOf({ version, publishedAt, source }: PublishedVersion) {
  return { version, publishedAt: isoOf(publishedAt), source };
}

function listedVersionOf(id: string, { version, publishedAt }: VersionSummary) {
  const self = `${linksOf(id).versions}/${version}`;
  return { version, publishedAt: isoOf(publishedAt), links: { self } };
}

function linksOf(id: string) {
  const self = `/v1/journeys/${id}`;
  return { self, versions: `${self}/versions`, enrollments: `/v1/enrollments?journey=${id}` };
}
