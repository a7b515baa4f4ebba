import { assertNever } from '../../../src/core/assert-never';
import type { Catalog } from './catalog';
import type { Change } from './change';

/** Brings the catalog to the state it had after the change was recorded. */
export function replay(catalog: Catalog, change: Change): void {
  switch (change.kind) {
    case 'create':
      catalog.ensure(change.namespace);
      return;
    case 'drop':
      catalog.drop(change.namespace);
      return;
    case 'index':
      catalog.ensure(change.namespace).addIndex(change.spec);
      return;
    case 'unindex':
      catalog.ensure(change.namespace).dropIndex(change.name);
      return;
    case 'put':
      catalog.ensure(change.namespace).put(change.doc);
      return;
    case 'remove':
      catalog.ensure(change.namespace).remove({ _id: change.id });
      return;
    default:
      assertNever(change);
  }
}

/** The shortest list of changes that leads to the present state. */
export function* snapshot(catalog: Catalog): Generator<Change> {
  for (const collection of catalog.all()) {
    const { namespace } = collection;
    yield { kind: 'create', namespace };
    for (const spec of collection.declaredIndexes) yield { kind: 'index', namespace, spec };
    for (const doc of collection.documents()) yield { kind: 'put', namespace, doc };
  }
}
