/** Imports at the top of a file, or new text behind a text that stands in the file once. */
export type Edit = Readonly<{ kind: 'imports' | 'behind'; anchor: string; text: string }>;

/** A place that a new member touches: a file of its own, or edits of an existing file. */
export type Place =
  | Readonly<{ kind: 'new'; file: string; text: string }>
  | Readonly<{ kind: 'edit'; file: string; edits: readonly Edit[] }>;

/** A new member of a closed set, as somebody would add it; it need not do anything useful. */
export type Plantation = Readonly<{
  /** The heading in CONTRIBUTING under which it says how to add such a member. */
  name: string;
  /** The files of src that it may touch. */
  filesAtMost: number;
  /** Files whose lines only the check for unused code misses, since no type can list them. */
  untyped?: readonly string[];
  places: readonly Place[];
}>;

/**
 * A plantation without one place: `rest`. `part` is present where only a part of the file is
 * forgotten.
 */
export type Omission = Readonly<{ file: string; part?: string; rest: readonly Place[] }>;

/** Texts of files by their path; undefined where there is none. */
export type Texts = (file: string) => string | undefined;

export function create(file: string, text: string): Place {
  return { kind: 'new', file, text: `${text.trim()}\n` };
}

export function edit(file: string, ...edits: readonly Edit[]): Place {
  return { kind: 'edit', file, edits };
}

export function imports(...lines: readonly string[]): Edit {
  return { kind: 'imports', anchor: '', text: lines.map((line) => `import ${line};\n`).join('') };
}

export function behind(anchor: string, text: string): Edit {
  return { kind: 'behind', anchor, text };
}

export function filesOf({ places }: Plantation): readonly string[] {
  return [...new Set(places.map(({ file }) => file))];
}

/** Each place that somebody may forget: a new file, all of a changed one, or one edit of it. */
export function omissionsOf({ places }: Plantation): readonly Omission[] {
  return places.flatMap((place) => {
    const others = places.filter((other) => other !== place);
    const whole = { file: place.file, rest: others };
    if (place.kind === 'new') return [whole];
    const { edits } = place;
    const parts = edits.filter(({ kind }) => kind !== 'imports');
    if (parts.length < 2) return [whole];
    const singly = parts.map((part): Omission => {
      const rest = { ...place, edits: edits.filter((other) => other !== part) };
      return { file: place.file, part: part.text.trim(), rest: [...others, rest] };
    });
    return [whole, ...singly];
  });
}

/**
 * The files as they are with these places planted. Throws where an anchor does not stand there
 * once.
 */
export function planted(places: readonly Place[], texts: Texts): ReadonlyMap<string, string> {
  const changed = new Map<string, string>();
  for (const place of places) {
    const text = changed.get(place.file) ?? texts(place.file);
    changed.set(place.file, place.kind === 'new' ? newText(place, text) : editedText(place, text));
  }
  return changed;
}

function newText({ file, text }: Place & { kind: 'new' }, existing: string | undefined): string {
  if (existing !== undefined) throw new Error(`${file} exists: plant another name`);
  return text;
}

function editedText(
  { file, edits }: Place & { kind: 'edit' },
  existing: string | undefined,
): string {
  if (existing === undefined) throw new Error(`${file} is gone: name the file that took its place`);
  return edits.reduce((text, { kind, anchor, text: added }) => {
    if (kind === 'imports') return `${added}${text}`;
    if (text.split(anchor).length !== 2) {
      throw new Error(`${file} does not hold this text once: ${anchor}`);
    }
    return text.replace(anchor, () => `${anchor}${added}`);
  }, existing);
}
