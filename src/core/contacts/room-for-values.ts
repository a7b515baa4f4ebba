import type { Json, JsonObject } from '../json/json';
import type { Contact, ContactChange } from './contact';

/** A contact has at most this many traits. */
export const mostTraits = 1_000;
/** The traits of a contact have at most this many characters, written as JSON. */
export const mostTraitCharacters = 262_144;
/** A contact has at most this many tags. */
export const mostTags = 200;

type Values = Pick<Contact, 'traits' | 'tags'>;
type Growth = Readonly<{ name: string; traits: number; characters: number }>;

/**
 * The given traits for which a contact has room beside the stored ones. The small ones come first.
 * A trait that is taken away or becomes shorter always has room.
 */
export function traitsWithRoom(stored: JsonObject, given: JsonObject): JsonObject {
  // Most changes give none, and to weigh what is stored is dear.
  if (Object.keys(given).length === 0) return {};
  let traits = Object.keys(stored).length;
  let characters = JSON.stringify(stored).length;
  const fitting = new Set<string>();
  for (const growth of growthsOf(stored, given)) {
    const isOneTooMany = growth.traits > 0 && traits + growth.traits > mostTraits;
    const isTooLong = growth.characters > 0 && characters + growth.characters > mostTraitCharacters;
    if (isOneTooMany || isTooLong) continue;
    traits += growth.traits;
    characters += growth.characters;
    fitting.add(growth.name);
  }
  return Object.fromEntries(Object.entries(given).filter(([name]) => fitting.has(name)));
}

/** The tags of both, as far as there is room. Those that come first stay. */
export function tagsWithRoom(own: readonly string[], added: readonly string[]): readonly string[] {
  return [...new Set([...own, ...added])].slice(0, Math.max(mostTags, own.length));
}

/** True while a contact can hold all that a change gives it. */
export function hasRoomForChange(contact: Values, change: ContactChange): boolean {
  const { traits = {}, tags = contact.tags, addTags = [], removeTags = [] } = change;
  const isKept = (tag: string) => !removeTags.includes(tag);
  const added = addTags.filter(isKept);
  const tagged = new Set(tagsWithRoom(tags.filter(isKept), added));
  const fitting = traitsWithRoom(contact.traits, traits);
  return (
    Object.keys(traits).every((name) => Object.hasOwn(fitting, name)) &&
    added.every((tag) => tagged.has(tag))
  );
}

/** True while a contact can hold all that another has. Its own values win. */
export function hasRoomForValues(contact: Values, { traits, tags }: Values): boolean {
  return hasRoomForChange(contact, {
    traits: missingTraits(contact.traits, traits),
    addTags: tags,
  });
}

/** The traits that a contact gains from another, as far as it has room. */
export function traitsGained(own: JsonObject, other: JsonObject): JsonObject {
  return traitsWithRoom(own, missingTraits(own, other));
}

function missingTraits(own: JsonObject, other: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(other).filter(([name]) => !Object.hasOwn(own, name)));
}

function growthsOf(stored: JsonObject, given: JsonObject): readonly Growth[] {
  const growths = Object.entries(given).map(([name, value]) => {
    const known = Object.hasOwn(stored, name) ? stored[name] : undefined;
    return {
      name,
      traits: countOf(value) - countOf(known),
      characters: charactersOf(name, value) - charactersOf(name, known),
    };
  });
  return growths.toSorted((one, other) => one.characters - other.characters);
}

/** A value of null is taken away. */
function countOf(value: Json | undefined): number {
  return value === undefined || value === null ? 0 : 1;
}

function charactersOf(name: string, value: Json | undefined): number {
  return countOf(value) === 0 ? 0 : JSON.stringify({ [name]: value }).length - 1;
}
