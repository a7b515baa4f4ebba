import type { FactPath } from './condition';
import { segmentsOf, type Segment } from './fact-path';
import { isJsonArray, isJsonObject, type Json, type JsonObject } from '../json/json';

/**
 * The fact at a dotted path, such as `event.properties.cart_id`. It reads own properties only.
 * `items[].id` lists the ids of all items; items without an id are left out. Undefined where there
 * is no such fact.
 */
export function factAt(facts: JsonObject, path: FactPath): Json | undefined {
  return read(facts, segmentsOf(path));
}

function read(value: Json | undefined, segments: readonly Segment[], from = 0): Json | undefined {
  const segment = segments[from];
  if (segment === undefined) return value;
  const child = ownProperty(value, segment.name);
  if (!segment.isList) return read(child, segments, from + 1);
  return isJsonArray(child) ? readItems(child, segments, from + 1) : undefined;
}

/** A list read by a further `[]` joins the list around it. */
function readItems(items: readonly Json[], segments: readonly Segment[], from: number): Json {
  const found: Json[] = [];
  for (const item of items) {
    const value = read(item, segments, from);
    if (value !== undefined) found.push(value);
  }
  return segments.slice(from).some(({ isList }) => isList) ? found.flat() : found;
}

/** Keeps the facts at these paths alone. `factAt` finds the same facts in the result. */
export function pick(object: JsonObject, paths: readonly FactPath[]): JsonObject {
  const pruned = prune(object, selectionOf(paths));
  return isJsonObject(pruned) ? pruned : {};
}

/** The parts of a value to keep. `items` says so for the items of a list. */
type Selection = {
  isWhole: boolean;
  readonly fields: Map<string, Readonly<{ self: Selection; items: Selection }>>;
};

function selectionOf(paths: readonly FactPath[]): Selection {
  const root = emptySelection();
  for (const path of paths) {
    let selection = root;
    for (const { name, isList } of segmentsOf(path)) {
      const field = selection.fields.get(name) ?? {
        self: emptySelection(),
        items: emptySelection(),
      };
      selection.fields.set(name, field);
      selection = isList ? field.items : field.self;
    }
    selection.isWhole = true;
  }
  return root;
}

function emptySelection(): Selection {
  return { isWhole: false, fields: new Map() };
}

function prune(value: Json | undefined, selection: Selection): Json | undefined {
  if (selection.isWhole) return value;
  if (!isJsonObject(value)) return undefined;
  const kept = [...selection.fields].flatMap(([name, { self, items }]) => {
    const child = ownProperty(value, name);
    const pruned =
      isJsonArray(child) && !self.isWhole ? pruneItems(child, items) : prune(child, self);
    return pruned === undefined ? [] : [[name, pruned] as const];
  });
  return kept.length === 0 ? undefined : Object.fromEntries(kept);
}

function pruneItems(list: readonly Json[], items: Selection): Json | undefined {
  if (!items.isWhole && items.fields.size === 0) return undefined;
  return list.flatMap((item) => {
    const pruned = prune(item, items);
    return pruned === undefined ? [] : [pruned];
  });
}

function ownProperty(value: Json | undefined, name: string): Json | undefined {
  return isJsonObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}
