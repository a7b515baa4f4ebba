import { Binary } from 'bson';
import { Context, ProcessingMode, aggregate, find } from 'mingo';
import * as queryOperators from 'mingo/operators/query';
import { Query } from 'mingo/query';
import { copyDoc, isDoc, type Doc } from '../storage/document';
import { CommandError, evaluate } from '../failure';
import { isThroughArray } from './paths';

const options = { scriptEnabled: false, processingMode: ProcessingMode.CLONE_OFF } as const;

/**
 * mingo copies all its operators for each query, so a filter gets no more of them than filters use.
 */
const filterOptions = { ...options, context: Context.init({ query: queryOperators }) };

const typeNames: readonly unknown[] = [
  'number',
  'string',
  'object',
  'array',
  'bool',
  'date',
  'null',
  'regex',
];
const unsupportedStages = ['$out', '$merge', '$changeStream', '$collStats', '$indexStats'];

/** A test for documents; throws BadValue on an operator it does not know. */
export function createMatcher(filter: Doc): (doc: Doc) => boolean {
  if (Object.keys(filter).length === 0) return () => true;
  refuseUnfaithful(filter);
  const query = evaluate(() => new Query(filter, filterOptions));
  const delicate = delicatePathsIn(filter).map((path) => path.split('.'));
  return (doc) => {
    if (delicate.some((path) => isThroughArray(doc, path, true))) {
      throw notFaithful('$exists and $size through an array');
    }
    return evaluate(() => query.test(doc));
  };
}

/** The dotted paths whose presence or length is asked for. */
function delicatePathsIn(filter: Doc): readonly string[] {
  return Object.entries(filter).flatMap(([path, clause]) => {
    if (Array.isArray(clause)) return clause.filter(isDoc).flatMap(delicatePathsIn);
    return path.includes('.') && asksForShape(clause) ? [path] : [];
  });
}

function asksForShape(clause: unknown): boolean {
  if (!isDoc(clause)) return false;
  return '$exists' in clause || '$size' in clause || asksForShape(clause['$not']);
}

/** Where mingo would answer otherwise than MongoDB, or not at all, an error is more honest. */
function refuseUnfaithful(node: unknown): void {
  if (node instanceof Binary && node.sub_type !== Binary.SUBTYPE_UUID) {
    throw new CommandError('NotImplemented', 'Binary values are compared through an index only');
  }
  if (Array.isArray(node)) node.forEach(refuseUnfaithful);
  if (!isDoc(node)) return;
  for (const [key, value] of Object.entries(node)) {
    if (isUnfaithful(key, value)) throw notFaithful(`${key} ${JSON.stringify(value)}`);
    refuseUnfaithful(value);
  }
}

const comparisons = ['$gt', '$gte', '$lt', '$lte'];
/** UTF-16 sorts these otherwise than MongoDB. */
const fromSurrogates = /[\ud800-\uffff]/;

function isUnfaithful(operator: string, value: unknown): boolean {
  if (operator === '$type') return ![value].flat().every((name) => typeNames.includes(name));
  if (operator === '$mod' || operator === '$expr') return true;
  if (!comparisons.includes(operator)) return false;
  return value === null || (typeof value === 'string' && fromSurrogates.test(value));
}

function notFaithful(what: string): CommandError {
  return new CommandError('NotImplemented', `${what} is not supported here`);
}

/**
 * The documents as a `find` projection shows them; `filter` decides the element of a positional
 * `items.$`.
 */
export function project(docs: readonly Doc[], projection: Doc, filter: Doc): readonly Doc[] {
  if (Object.keys(projection).length === 0) return docs;
  const isPositional = Object.keys(projection).some((path) => path.endsWith('.$'));
  const condition = isPositional ? filter : {};
  const copies = docs.map(isPositional ? copyDoc : copierFor(projection));
  return evaluate(() => find<Doc>(copies, condition, projection, options).all());
}

/** Leaves out what a projection of named fields never shows: it may be by far the larger part. */
function copierFor({ _id, ...shown }: Doc): (doc: Doc) => Doc {
  const paths = Object.keys(shown);
  const isInclusive = paths.length > 0 && paths.every((path) => isShown(shown[path]));
  if (!isInclusive) return copyDoc;
  const fields = new Set(['_id', ...paths.map((path) => path.split('.', 1)[0])]);
  return (doc) =>
    copyDoc(Object.fromEntries(Object.entries(doc).filter(([field]) => fields.has(field))));
}

function isShown(value: unknown): boolean {
  return value === 1 || value === true;
}

/** Runs a pipeline over copies of the documents. */
export function runPipeline(
  docs: readonly Doc[],
  pipeline: readonly Doc[],
  collection: (name: string) => readonly Doc[],
): readonly Doc[] {
  const stage = pipeline
    .flatMap((entry) => Object.keys(entry))
    .find((name) => unsupportedStages.includes(name));
  if (stage) throw new CommandError('NotImplemented', `The stage ${stage} is not supported here`);
  refuseUnfaithful(pipeline.map(({ $match }) => $match));
  const collectionResolver = (name: string) => collection(name).map(copyDoc);
  return evaluate(() =>
    aggregate(docs.map(copyDoc), [...pipeline], { ...options, collectionResolver }),
  );
}
