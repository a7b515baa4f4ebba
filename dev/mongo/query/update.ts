import { ObjectId } from 'bson';
import { copyDoc, hasOperators, isDoc, type Doc, type Draft } from '../storage/document';
import { CommandError } from '../failure';
import { isThroughArray, read, write } from './paths';
import { runPipeline } from './query';
import { operatorNamed } from './update-operators';
import { expandPath, parseArrayFilters } from './update-paths';

export type Update = Readonly<{
  filter: Doc;
  /** Operators, a whole document, or a pipeline. */
  change: Doc | readonly Doc[];
  arrayFilters: readonly Doc[];
  now: Date;
}>;

type Step = Readonly<{ operator: string; path: string; argument: unknown }>;

const pipelineStages = ['$set', '$addFields', '$unset', '$project', '$replaceRoot', '$replaceWith'];

/** Makes of a document what the update makes of it; the one given stays as it is. */
export function updateOf(update: Update): (doc: Doc) => Doc {
  const { change } = update;
  if (isPipeline(change)) return (doc) => withId(doc['_id'], throughPipeline(doc, change));
  if (isReplacement(change)) return (doc) => withId(doc['_id'], change);
  return applying(
    update,
    stepsOf(change).filter(({ operator }) => operator !== '$setOnInsert'),
  );
}

/** The document an upsert inserts: what the filter holds equal, then the update. */
export function upserted(update: Update): Doc {
  const { change, filter } = update;
  const base = equalitiesOf(filter);
  const made = isPipeline(change)
    ? throughPipeline(base, change)
    : fromUpsert(base, update, change);
  return withId(made['_id'] ?? base['_id'] ?? new ObjectId(), made);
}

export function isReplacement(change: Doc | readonly Doc[]): boolean {
  return !isPipeline(change) && !hasOperators(change);
}

function isPipeline(change: Doc | readonly Doc[]): change is readonly Doc[] {
  return Array.isArray(change);
}

function fromUpsert(base: Doc, update: Update, change: Doc): Doc {
  return isReplacement(change) ? change : applying(update, stepsOf(change))(base);
}

function throughPipeline(doc: Doc, pipeline: readonly Doc[]): Doc {
  const [strange] = pipeline
    .flatMap((stage) => Object.keys(stage))
    .filter((name) => !pipelineStages.includes(name));
  if (!strange) return runPipeline([doc], pipeline, () => [])[0] ?? {};
  throw new CommandError('InvalidOptions', `${strange} is not allowed within an update`);
}

function withId(id: unknown, doc: Doc): Doc {
  return { _id: id, ...doc };
}

function stepsOf(change: Doc): readonly Step[] {
  return Object.entries(change).flatMap(([operator, paths]) => {
    if (!isDoc(paths)) throw new CommandError('FailedToParse', `${operator} names no fields`);
    return Object.entries(paths).map(([path, argument]) => ({ operator, path, argument }));
  });
}

function applying(update: Update, steps: readonly Step[]): (doc: Doc) => Doc {
  const paths = steps.flatMap(({ operator, path, argument }) =>
    operator === '$rename' ? [path, String(argument)] : [path],
  );
  refuseConflict(paths);
  const arrayFilters = parseArrayFilters(update.arrayFilters, paths);
  return (doc) => {
    const draft = copyDoc(doc);
    for (const step of steps) {
      if (step.operator === '$rename') rename(draft, step);
      else applyStep(draft, step, { ...update, doc, arrayFilters });
    }
    return draft;
  };
}

function applyStep(
  draft: Draft,
  step: Step,
  context: Parameters<typeof expandPath>[1] & Pick<Update, 'now'>,
): void {
  const operator = operatorNamed(step.operator);
  for (const path of expandPath(step.path, context)) {
    write(draft, path, operator(read(draft, path), step.argument, context.now));
  }
}

function rename(draft: Draft, { path, argument }: Step): void {
  const [from, to] = [path.split('.'), String(argument).split('.')];
  refuseDynamic(draft, [from, to]);
  const value = read(draft, from);
  if (value === undefined) return;
  write(draft, from, undefined);
  write(draft, to, value);
}

function refuseDynamic(draft: Draft, paths: readonly (readonly string[])[]): void {
  const isDynamic = paths.some(
    (path) => path.some((step) => step.startsWith('$')) || isThroughArray(draft, path),
  );
  if (!isDynamic) return;
  throw new CommandError('BadValue', 'The fields of $rename must not be dynamic, nor in an array');
}

function refuseConflict(paths: readonly string[]): void {
  const conflict = paths.find((path, at) =>
    paths.some((other, index) => index !== at && (other === path || other.startsWith(`${path}.`))),
  );
  if (conflict === undefined) return;
  throw new CommandError(
    'ConflictingUpdateOperators',
    `Updating the path '${conflict}' would create a conflict at '${conflict}'`,
  );
}

function equalitiesOf(filter: Doc): Doc {
  const base: Draft = {};
  for (const [path, value] of equalityClauses(filter)) write(base, path.split('.'), value);
  return base;
}

function equalityClauses(filter: Doc): readonly (readonly [string, unknown])[] {
  return Object.entries(filter).flatMap(([path, clause]) => {
    if (path === '$and' && Array.isArray(clause)) {
      return clause.filter(isDoc).flatMap(equalityClauses);
    }
    if (path.startsWith('$') || clause instanceof RegExp) return [];
    if (!hasOperators(clause)) return [[path, clause] as const];
    return '$eq' in clause ? [[path, clause['$eq']] as const] : [];
  });
}
