import type { Instant } from '../time/clock';
import { defaultEntryAgeMs, type CompiledJourney } from '../journeys/compiled-journey';
import { keyPerContact } from '../journeys/journey';
import type { RefusalReason } from '../decisions/reasons';
import { isToldOf, type Enrollment } from './enrollment';
import type { Event } from '../events/event';
import { snapshotOf } from '../events/event';
import { isNewerThan } from '../events/newer';
import { exitAmong, type ExitCandidate } from './exits';
import { factAt } from '../conditions/fact-at';
import { occurrenceFactsOf } from '../conditions/facts';
import { holds } from '../conditions/holds';
import type { EntryFacts } from './progress';
import type { EnrollmentId } from '../ids';
import { idOf } from '../json/id-of';
import type { JsonObject } from '../json/json';
import type { Effect, Refusal } from '../events/recorded-event';
import { addDuration } from '../time/zoned-time';

/**
 * A journey that an event may start, with the key it found. No key starts nothing where the journey
 * asks for one.
 */
export type EntryMatch = Readonly<{ journey: CompiledJourney; key: string | undefined }>;

/** The last enrollment of an entry's key, and the stored events that its exits hear. */
export type EntryPast = Readonly<{ last?: Enrollment; exitEvents: readonly ExitCandidate[] }>;

/** An enrollment to open: the `n`-th of its key. */
export type NewEnrollment = Readonly<{ journey: CompiledJourney; key: string; n: number }>;

/** The enrollments that an event opens and tells, and the entries that are refused. */
export type Routes = Readonly<{
  open: readonly NewEnrollment[];
  tell: readonly Readonly<{ enrollment: EnrollmentId; effect: Effect }>[];
  refuse: readonly Refusal[];
}>;

/**
 * The journeys that an event may start, by name and condition. `contact` holds the facts below
 * `contact`.
 */
export function entriesFor(
  event: Event,
  journeys: readonly CompiledJourney[],
  contact: JsonObject,
): readonly EntryMatch[] {
  const facts = { event: occurrenceFactsOf(event), contact };
  return journeys
    .filter(({ entry }) => entry.events.includes(event.name))
    .filter(({ entry }) => entry.when === undefined || holds(entry.when, facts))
    .map((journey) => ({ journey, key: keyOf(journey, facts.event) }));
}

/** The journeys that an event starts by its name, though they are no entries. */
export function unmetBy(
  event: Event,
  journeys: readonly CompiledJourney[],
  entries: readonly EntryMatch[],
): readonly CompiledJourney[] {
  const met = new Set(entries.map(({ journey }) => journey));
  return journeys.filter(
    (journey) => journey.entry.events.includes(event.name) && !met.has(journey),
  );
}

/** The first id that the key paths find. It is empty where each contact has one key. */
export function keyOf({ entry }: CompiledJourney, facts: JsonObject): string | undefined {
  if (entry.key.length === 0) return '';
  for (const path of entry.key) {
    if (path === keyPerContact) return '';
    const id = idOf(factAt(facts, path));
    if (id !== undefined) return id;
  }
  return undefined;
}

const notMet: RefusalReason = 'condition-not-met';

type Routing = Readonly<{
  event: Event;
  entries: readonly EntryMatch[];
  /** Those that it starts by name alone. */
  unmet?: readonly CompiledJourney[];
  /** The open enrollments of the contact and its aliases. */
  enrollments: readonly Enrollment[];
  pastOf(entry: EntryMatch): EntryPast;
  zone: string;
}>;

/** Routes an event by name: to enrollments it opens, and to its possible hearers. */
export function routesFor({
  event,
  entries,
  unmet = [],
  enrollments,
  pastOf,
  zone,
}: Routing): Routes {
  const open: NewEnrollment[] = [];
  const refuse: Refusal[] = [];
  const effects = new Map<EnrollmentId, Effect>(
    enrollments
      .filter((enrollment) => isToldOf(enrollment, event))
      .map(({ id }) => [id, { kind: 'told' }]),
  );
  for (const entry of entries) {
    const past = pastOf(entry);
    const enrollment = openEnrollmentOf(entry, enrollments) ?? standingEnrollmentOf(event, past);
    const meaning = enrollment
      ? repeatOf(event, entry, enrollment)
      : enteringOf(event, entry, { past, zone });
    if (typeof meaning === 'string') refuse.push({ journey: entry.journey.id, reason: meaning });
    else if ('n' in meaning) open.push(meaning);
    else if (enrollment) effects.set(enrollment.id, meaning);
  }
  const isOpen = ({ id }: CompiledJourney) => enrollments.some(({ journey }) => journey === id);
  const untold = unmet.filter((journey) => !isOpen(journey));
  return {
    open,
    refuse: [...refuse, ...untold.map(({ id }) => ({ journey: id, reason: notMet }))],
    tell: [...effects].map(([enrollment, effect]) => ({ enrollment, effect })),
  };
}

function openEnrollmentOf(
  { journey: { id }, key }: EntryMatch,
  enrollments: readonly Enrollment[],
) {
  return enrollments.find((enrollment) => enrollment.journey === id && enrollment.key === key);
}

/** It was opened after the enrollments were read, or by this event before a crash. */
function standingEnrollmentOf(event: Event, { last }: EntryPast): Enrollment | undefined {
  return last && (last.enteredBy === event.key || !last.ended) ? last : undefined;
}

/** Says how a further entry event changes the open enrollment of its key. */
function repeatOf(
  event: Event,
  { journey }: EntryMatch,
  enrollment: Enrollment,
): Effect | RefusalReason {
  if (enrollment.enteredBy === event.key) return { kind: 'entered' };
  if (journey.entry.repeat === 'ignore') return 'open';
  return { kind: isNewerThan(event, enrollment.snapshot) ? 'refreshed' : 'told' };
}

function enteringOf(
  event: Event,
  { journey, key }: EntryMatch,
  { past, zone }: Readonly<{ past: EntryPast; zone: string }>,
): NewEnrollment | RefusalReason {
  if (key === undefined) return 'no-key';
  const again = past.last && againstReturn(event, journey, { last: past.last, zone });
  if (again) return again;
  const already = exitAmong(journey, asOpened(event), past.exitEvents);
  if (already) return `already-${already.exit.as}`;
  if (isTooOld(event, journey)) return 'entry-too-old';
  return { journey, key, n: (past.last?.n ?? 0) + 1 };
}

/** A stamp before all bounds says that it is old, though nobody knows how old. */
function isTooOld(
  { receivedAt, occurredAt, restamped }: Event,
  { entry: { notOlderThanMs = defaultEntryAgeMs } }: CompiledJourney,
): boolean {
  return restamped?.because === 'too-old' || receivedAt - occurredAt > notOlderThanMs;
}

function asOpened(event: Event): EntryFacts {
  const { key, occurredAt, receivedAt } = event;
  const entry = snapshotOf(event);
  return { entry, firstEntryAt: occurredAt, openedAt: receivedAt, enteredBy: key };
}

/** The last enrollment has worked with something newer, or something newer has ended it. */
function againstAge({ occurredAt }: Event, last: Enrollment): RefusalReason | undefined {
  if (last.ended?.by && occurredAt <= last.ended.by.occurredAt) return 'not-newer-than-end';
  return occurredAt < last.snapshot.occurredAt ? 'older-than-last' : undefined;
}

function againstReturn(
  event: Event,
  { entry }: CompiledJourney,
  { last, zone }: Readonly<{ last: Enrollment; zone: string }>,
): RefusalReason | undefined {
  if (entry.again === 'never') return 'never-again';
  const outdated = againstAge(event, last);
  if (outdated || entry.again === 'afterExit') return outdated;
  if ('notAfter' in entry.again) {
    return last.ended && entry.again.notAfter.includes(last.ended.as) ? 'never-again' : undefined;
  }
  const from: Instant = addDuration(last.firstEntryAt, entry.again.after, zone);
  return event.occurredAt < from ? 'too-soon' : undefined;
}
