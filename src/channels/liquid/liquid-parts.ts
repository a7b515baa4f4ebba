/** The tags that templates may use. None reads another template. */
export const allowedTags: readonly string[] = [
  'assign',
  'break',
  'capture',
  'case',
  'comment',
  'continue',
  'cycle',
  'decrement',
  'echo',
  'for',
  'if',
  'increment',
  'liquid',
  'raw',
  'tablerow',
  'unless',
];

/** The cost of a filter: nothing, or by what it reads of its input. */
export type FilterCost = 'none' | 'length' | 'properties' | 'text';

/** Filters whose work does not grow with their input. */
const free = ['default', 'first', 'last', 'raw', 'size'];

/** Filters that read a property of each item of a list. */
const byProperty = [
  'find',
  'find_index',
  'has',
  'map',
  'reject',
  'sort',
  'sort_natural',
  'sum',
  'where',
];

/** Filters that walk over a list or a text once and read no item. */
const byLength = ['compact', 'concat', 'reverse', 'slice', 'uniq'];

/** Filters that read all of their input as text or as a number. */
const ofText = [
  'abs',
  'append',
  'as_name',
  'at_least',
  'at_most',
  'base64_decode',
  'base64_encode',
  'capitalize',
  'ceil',
  'date',
  'date_to_long_string',
  'date_to_rfc822',
  'date_to_string',
  'date_to_xmlschema',
  'divided_by',
  'downcase',
  'escape',
  'escape_once',
  'floor',
  'join',
  'json',
  'lstrip',
  'minus',
  'modulo',
  'money',
  'newline_to_br',
  'plus',
  'prepend',
  'remove',
  'remove_first',
  'remove_last',
  'replace',
  'replace_first',
  'replace_last',
  'round',
  'rstrip',
  'split',
  'strip',
  'strip_html',
  'strip_newlines',
  'times',
  'truncate',
  'truncatewords',
  'upcase',
  'url_decode',
  'url_encode',
];

/**
 * The filters that templates may use, with their costs. They are those that Shopify documents,
 * and those for dates, JSON, amounts and names. None evaluates an expression, builds lists of lists
 * or answers by chance.
 */
export const allowedFilters: ReadonlyMap<string, FilterCost> = new Map([
  ...costing('none', free),
  ...costing('length', byLength),
  ...costing('properties', byProperty),
  ...costing('text', ofText),
]);

function costing(cost: FilterCost, names: readonly string[]): readonly [string, FilterCost][] {
  return names.map((name) => [name, cost]);
}
