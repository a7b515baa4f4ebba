/** A filter for a field that holds one of these; one alone is looked for as it is. */
export function oneOf<Id extends string>(ids: Id | readonly Id[]) {
  return typeof ids === 'string' || ids.length === 1 ? ([ids].flat()[0] as Id) : { $in: ids };
}
