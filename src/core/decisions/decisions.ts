import type { ContactId, EnrollmentId, EventKey, JourneyId, StepId } from '../ids';
import type { JsonObject } from '../json/json';
import type { Instant } from '../time/clock';
import type {
  ActDecision,
  ContactDecision,
  EndedDecision,
  EntryDecision,
  IntervenedDecision,
  Note,
  RefusedDecision,
  WayDecision,
} from './decision';
import {
  byOperator,
  reusedId,
  type ActReason,
  type CaseName,
  type EndReason,
  type IgnoredReason,
  type RefusalReason,
} from './reasons';

/** An enrollment, as far as decisions name it. */
export type DecidedEnrollment = Readonly<{ id: EnrollmentId }> &
  Pick<EndedDecision, 'workspace' | 'contact' | 'journey'>;

/** A stored event, as far as decisions name it. */
type Stored = Readonly<{ key: EventKey; receivedAt: Instant }> &
  Pick<ContactDecision, 'workspace' | 'contact'>;

type EntryEvent = Stored & Readonly<{ name: string; occurredAt: Instant }>;

/** An event has opened an enrollment. */
export function entered(
  enrollment: DecidedEnrollment & Readonly<{ version: number }>,
  event: EntryEvent,
): EntryDecision {
  const facts = { version: enrollment.version, occurredAt: isoOf(event) };
  return { ...entry(enrollment, event), id: `${enrollment.id}/entered`, kind: 'entered', facts };
}

/** A further entry event has replaced the snapshot of an open enrollment. */
export function refreshed(enrollment: DecidedEnrollment, event: EntryEvent): EntryDecision {
  const id = `${enrollment.id}/refreshed/${event.key}`;
  const facts = { occurredAt: isoOf(event) };
  return { ...entry(enrollment, event), id, kind: 'refreshed', facts };
}

function entry(enrollment: DecidedEnrollment, { receivedAt, name, key }: EntryEvent) {
  return { ...aboutEnrollment(enrollment), at: receivedAt, because: name, event: key };
}

/** A journey does not take a contact in. */
export function refused(
  { key, workspace, contact, receivedAt }: Stored,
  { journey, reason }: Readonly<{ journey: JourneyId; reason: RefusalReason }>,
): RefusedDecision {
  const id = `${key}/refused/${journey}`;
  const about = { id, workspace, contact, journey, at: receivedAt, event: key };
  return { ...about, kind: 'refused', because: reason };
}

/** The engine ignores what an event asks for. Only the first such event of an id is recorded. */
export function ignored(
  { key, workspace, contact }: Omit<Stored, 'receivedAt'>,
  because: IgnoredReason,
  at: Instant,
): RefusedDecision {
  const id = `${key}/${because === reusedId ? 'conflict' : because}`;
  return { id, workspace, contact, at, event: key, kind: 'refused', because };
}

/** An operator has stepped in; `facts` say who did it, what and why. */
export function intervened(
  enrollment: DecidedEnrollment,
  { key, receivedAt }: Stored,
  facts: JsonObject,
): IntervenedDecision {
  return {
    ...aboutEnrollment(enrollment),
    id: `${enrollment.id}/intervened/${key}`,
    at: receivedAt,
    kind: 'intervened',
    because: byOperator,
    event: key,
    facts,
  };
}

/** The workflow has taken these decisions by itself. */
export function noted(
  enrollment: DecidedEnrollment,
  notes: readonly Note[],
): readonly WayDecision[] {
  return notes.map(({ seq, ...note }) => ({
    ...aboutEnrollment(enrollment),
    id: `${enrollment.id}/note/${seq}`,
    ...note,
  }));
}

type BranchTaken = Readonly<{
  step: StepId;
  visit: number;
  because: CaseName;
  at: Instant;
  facts: JsonObject;
}>;

/** An activity has decided a branch over facts that the workflow does not have. */
export function branched(
  enrollment: DecidedEnrollment,
  { visit, ...decided }: BranchTaken,
): WayDecision {
  const id = `${enrollment.id}/${decided.step}/${visit}`;
  return { ...aboutEnrollment(enrollment), id, kind: 'branched', ...decided };
}

type ActionTaken = Readonly<{
  step: StepId;
  visit: number;
  at: Instant;
  action: string;
  /** Undefined where the action was carried out. */
  because: ActReason | undefined;
}>;

/** An action has been carried out, or will not be. */
export function acted(
  enrollment: DecidedEnrollment,
  { step, visit, at, action, because }: ActionTaken,
): ActDecision {
  const id = `${enrollment.id}/${step}/${visit}`;
  const about = { ...aboutEnrollment(enrollment), id, at, step, facts: { action } };
  return because ? { ...about, kind: 'not-acted', because } : { ...about, kind: 'acted' };
}

/** The end of an enrollment, with the event that brought it, where one did. */
type End = Readonly<{
  as: string;
  because: EndReason;
  at: Instant;
  by?: Readonly<{ event: EventKey; occurredAt: Instant }>;
}>;

/** An enrollment has ended. */
export function ended(enrollment: DecidedEnrollment, { as, because, at, by }: End): EndedDecision {
  return {
    ...aboutEnrollment(enrollment),
    id: `${enrollment.id}/ended`,
    at,
    kind: 'ended',
    because,
    facts: { as, ...(by && { occurredAt: isoOf(by) }) },
    ...(by && { event: by.event }),
  };
}

/** Two contacts have become one; `event` asked for it. */
export function merged(
  { key, workspace, receivedAt }: Stored,
  pair: Readonly<{ survivor: ContactId; merged: ContactId }>,
): ContactDecision {
  const about = { id: `${pair.merged}/merged`, workspace, contact: pair.survivor };
  return { ...about, at: receivedAt, kind: 'merged', facts: pair, event: key };
}

/** A contact has been erased; `event` asked for it. */
export function erased({ key, workspace, contact, receivedAt }: Stored): ContactDecision {
  const about = { id: `${contact}/erased`, workspace, contact, at: receivedAt };
  return { ...about, kind: 'erased', event: key };
}

/** The fields that say which enrollment a decision is about. */
export function aboutEnrollment({ id, workspace, contact, journey }: DecidedEnrollment) {
  return { workspace, contact, enrollment: id, journey };
}

function isoOf({ occurredAt }: Readonly<{ occurredAt: Instant }>): string {
  return new Date(occurredAt).toISOString();
}
