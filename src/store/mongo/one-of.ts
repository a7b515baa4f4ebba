/** A filter for a field that holds any of these. A single id needs no `$in`. */
export function oneOf<Id extends string>(ids: Id | readonly Id[]) {
  return typeof ids === 'string' || ids.length === 1 ? ([ids].flat()[0] as Id) : { $in: ids };
}
