import type { Entry } from '../storage/indexes';

type Walk = Generator<Entry>;
type Head = Readonly<{ walk: Walk; entry: Entry }>;

export function* oneByOne(walks: readonly Walk[]): Walk {
  for (const walk of walks) yield* walk;
}

/** Walks several stretches of an index at once, in the order of the keys that follow. */
export function* merged(walks: readonly Walk[], backwards: boolean): Walk {
  const heads = walks.flatMap(headOf);
  const isBefore = ({ entry: { after } }: Head, other: Head) =>
    backwards ? after > other.entry.after : after < other.entry.after;
  while (heads.length > 0) {
    const next = heads.reduce((best, head) => (isBefore(head, best) ? head : best));
    yield next.entry;
    heads.splice(heads.indexOf(next), 1, ...headOf(next.walk));
  }
}

function headOf(walk: Walk): readonly Head[] {
  const next = walk.next();
  return next.done === true ? [] : [{ walk, entry: next.value }];
}
