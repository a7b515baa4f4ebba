import type { FactPath } from '../conditions/condition';
import { withoutEnd, type CompiledExit, type CompiledJourney } from '../journeys/compiled-journey';
import { keyPerContact } from '../journeys/journey';
import type { Instant } from '../time/clock';
import { occurrenceFactsOf } from '../conditions/facts';
import { holds } from '../conditions/holds';
import type { PastEvent } from '../events/event';
import { isNewerThan } from '../events/newer';
import type { EventKey } from '../ids';
import type { JsonObject } from '../json/json';
import { keysIn } from '../journeys/keys';
import type { EntryFacts } from './progress';

type Occurred = Readonly<{
  key: EventKey;
  name: string;
  occurredAt: Instant;
  receivedAt: Instant;
  properties: JsonObject;
  /** True of another contact's event, to which nothing leads but a key. */
  byKey?: true;
}>;

/** A stored event that may be an exit, found by person or by key. */
export type ExitCandidate = PastEvent & Readonly<{ byKey?: true }>;

/**
 * The exit that an event means for an enrollment, if any. Routing, settling, the workflow and the
 * send gate all ask this one function. An event that is part of the entry ends nothing, whatever it
 * is called.
 */
export function exitOf(
  journey: CompiledJourney,
  open: EntryFacts,
  event: Occurred,
): CompiledExit | undefined {
  if (isPartOfEntry(journey, open, event)) return undefined;
  return journey.exits.find((exit) => {
    if (!exit.events.includes(event.name) || !counts(exit, open, event)) return false;
    if (!isAbout(exit, event, { open, entryPaths: journey.entry.key })) return false;
    return (
      exit.when === undefined ||
      holds(exit.when, {
        event: occurrenceFactsOf(event),
        entry: occurrenceFactsOf(open.entry),
      })
    );
  });
}

type Keyed = Readonly<{ open: EntryFacts; entryPaths: readonly FactPath[] }>;

/**
 * An exit with a key is about every enrollment that shares it, of any contact.
 * Without a key the event has to be the person's own.
 */
function isAbout({ key }: CompiledExit, event: Occurred, { open, entryPaths }: Keyed): boolean {
  if (!key) return event.byKey !== true;
  const known = open.keys ?? keysIn(entryPaths, open.entry);
  const named = keysIn(key, event);
  if (named.length > 0) return named.some((one) => known.includes(one));
  return key.includes(keyPerContact) && known.length === 0 && event.byKey !== true;
}

/** The events of a person and those found by a key, in order of receipt. */
export function candidatesAmong<Some extends PastEvent>(
  own: readonly Some[],
  keyed: readonly Some[],
): readonly (Some & ExitCandidate)[] {
  const known = new Set(own.map(({ key }) => key));
  const others = keyed.filter(({ key }) => !known.has(key));
  const candidates: readonly (Some & ExitCandidate)[] = [...own, ...others.map(foundByKey)];
  return candidates.toSorted((one, other) => one.receivedAt - other.receivedAt);
}

/** Another contact's event, to which nothing leads but a key. */
export function foundByKey<Some extends PastEvent>(event: Some): Some & ExitCandidate {
  return { ...event, byKey: true };
}

/** The first of some events that is an exit, in their order, with that exit. */
export function exitAmong<Some extends Occurred>(
  journey: CompiledJourney,
  open: EntryFacts,
  events: readonly Some[],
): Readonly<{ exit: CompiledExit; event: Some }> | undefined {
  for (const event of events) {
    const exit = exitOf(journey, open, event);
    if (exit) return { exit, event };
  }
  return undefined;
}

/**
 * True of the events that opened the enrollment or refreshed it. Entry events are one series: an
 * overtaken one says nothing more.
 */
function isPartOfEntry(
  journey: CompiledJourney,
  { entry, enteredBy }: EntryFacts,
  event: Occurred,
): boolean {
  const isNewest = event.key === entry.event && event.name === entry.name;
  if (isNewest || event.key === enteredBy) return true;
  return journey.entry.events.includes(event.name) && !isNewerThan(event, entry);
}

/**
 * An event counts whenever it arrives. It happened not before the first entry, or it was received
 * since the opening less the exit's look-back, so an order that overtakes its own cart still wins.
 */
function counts(exit: CompiledExit, open: EntryFacts, event: Occurred): boolean {
  return (
    event.occurredAt >= open.firstEntryAt || event.receivedAt >= open.openedAt - exit.lookBackMs
  );
}

/** The names of all events that can end an enrollment of this journey. */
export function exitNamesOf(journey: CompiledJourney): readonly string[] {
  return [...new Set(journey.exits.flatMap(({ events }) => events))];
}

/**
 * A search among the stored events of a person. It gives their names, the earliest receipt, and the
 * paths below `event` that conditions read. Nothing is found where there are no names.
 */
export type EventSearch = Readonly<{
  names: readonly string[];
  receivedFrom: Instant;
  paths: readonly FactPath[];
}>;

/** The farthest that an event may have happened after its receipt, in milliseconds. */
export const clockToleranceMs = 300_000;

/**
 * Finds every stored event that can still be an exit of an enrollment. It is bounded by time: an
 * event received earlier happened before the first entry, and lies outside of every look-back. A
 * look-back without end is not served here: its events are found by their keys. The store reads the
 * newest 500, or 2 MiB of what is asked for.
 */
export function exitSearchFor(
  journey: CompiledJourney,
  { firstEntryAt, openedAt }: Pick<EntryFacts, 'firstEntryAt' | 'openedAt'>,
): EventSearch {
  const bounded = journey.exits.filter(({ lookBackMs }) => lookBackMs < withoutEnd);
  const longestLookBackMs = Math.max(0, ...bounded.map(({ lookBackMs }) => lookBackMs));
  const keyPaths = journey.exits.flatMap(({ key = [] }) => key);
  return {
    names: exitNamesOf(journey),
    receivedFrom: Math.min(firstEntryAt - clockToleranceMs, openedAt - longestLookBackMs),
    paths: [...new Set([...journey.needs.event, ...keyPaths])],
  };
}
