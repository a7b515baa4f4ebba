import type { FactPath } from './condition';

/** The name of a property on a path. `isList` says that all items of its list are meant. */
export type Segment = Readonly<{ name: string; isList: boolean }>;

const longestPath = 300;
const plain = String.raw`[^.\[\]\x00]+`;
const quoted = String.raw`\["[^"\x00]+"\]|\['[^'\x00]+'\]`;
const written = String.raw`^${plain}(\[\])?(([.]${plain}|${quoted})(\[\])?)*$`;
const pathPattern = new RegExp(written);

/** A path as JSON Schema says it. */
export const factPathFormat = { type: 'string', maxLength: longestPath, pattern: written } as const;
const segmentPattern = new RegExp(
  String.raw`(?:^|[.])(${plain})(\[\])?|\["([^"]+)"\](\[\])?|\['([^']+)'\](\[\])?`,
  'g',
);

/**
 * True of a dotted path such as `event.properties.products[].id`. A name that holds a dot or a
 * bracket is quoted, as in `event.properties['utm.source']`.
 */
export function isFactPath(value: unknown): value is FactPath {
  return typeof value === 'string' && value.length <= longestPath && pathPattern.test(value);
}

/** The steps of a path. A text that is none of ours is read as names between dots. */
export function segmentsOf(path: FactPath): readonly Segment[] {
  if (!path.includes('[')) return path.split('.').map((name) => ({ name, isList: false }));
  if (!pathPattern.test(path)) return path.split('.').map(looseSegment);
  return [...path.matchAll(segmentPattern)].map((found) => {
    const [, name, list, inDouble, doubleList, inSingle, singleList] = found;
    return {
      name: name ?? inDouble ?? inSingle ?? '',
      isList: [list, doubleList, singleList].includes('[]'),
    };
  });
}

function looseSegment(text: string): Segment {
  return text.endsWith('[]')
    ? { name: text.slice(0, -2), isList: true }
    : { name: text, isList: false };
}
