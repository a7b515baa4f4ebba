import { Binary } from 'bson';
import { Context, ProcessingMode, aggregate, find } from 'mingo';
import * as queryOperators from 'mingo/operators/query';
import { Query } from 'mingo/query';
import { copyDoc, isDoc, type Doc } from '../storage/document';
import { CommandError, evaluate } from '../failure';

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
  return (doc) => evaluate(() => query.test(doc));
}

/** Where mingo would answer otherwise than MongoDB, or not at all, an error is more honest. */
function refuseUnfaithful(node: unknown): void {
  if (node instanceof Binary && node.sub_type !== Binary.SUBTYPE_UUID) {
    throw new CommandError('NotImplemented', 'Binary values are compared through an index only');
  }
  if (Array.isArray(node)) node.forEach(refuseUnfaithful);
  if (!isDoc(node)) return;
  for (const [key, value] of Object.entries(node)) {
    const unknownType =
      key === '$type' && ![value].flat().every((name) => typeNames.includes(name));
    if (unknownType || key === '$mod' || key === '$expr') {
      throw new CommandError(
        'NotImplemented',
        `${key} ${JSON.stringify(value)} is not supported here`,
      );
    }
    refuseUnfaithful(value);
  }
}

/**
 * The documents as a `find` projection shows them; `filter` decides the element of a positional
 * `items.$`.
 */
export function project(docs: readonly Doc[], projection: Doc, filter: Doc): readonly Doc[] {
  if (Object.keys(projection).length === 0) return docs;
  const isPositional = Object.keys(projection).some((path) => path.endsWith('.$'));
  const condition = isPositional ? filter : {};
  return evaluate(() => find<Doc>(docs.map(copyDoc), condition, projection, options).all());
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
