import type { Comparison, Condition } from '../core/conditions/condition';
import { all, any, fact, intersects, not } from '../core/journeys/define-journey';

/** The ids of a line in a cart or an order, narrowest first. */
const lineIds = ['variant_id', 'sku', 'product_id'] as const;
type LineId = (typeof lineIds)[number];
type Root = 'event' | 'entry';

const idsIn = (root: Root, id: LineId) => `${root}.properties.products[].${id}`;

/** True where a value can be compared at all: it shares something with itself. */
export const names = (path: string): Comparison => intersects(path, fact(path));

/** True where a line of the event names something that can be bought. */
export const namesGoods: Condition = any(...lineIds.map((id) => names(idsIn('event', id))));

const shares = (id: LineId): Comparison => intersects(idsIn('event', id), fact(idsIn('entry', id)));
const bothName = (id: LineId): Condition =>
  all(names(idsIn('event', id)), names(idsIn('entry', id)));

/**
 * True where event and entry share a variant or a sku. A shared product is enough unless both tell
 * variants, or both skus.
 */
export const sharesGoods: Condition = any(
  shares('variant_id'),
  shares('sku'),
  all(shares('product_id'), not(bothName('variant_id')), not(bothName('sku'))),
);
