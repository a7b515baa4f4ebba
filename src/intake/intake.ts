import type { Instant } from '../core/time/clock';
import type { ContactRef } from '../core/contacts/contact';
import type { RefusalReason } from '../core/decisions/reasons';
import type { Ending } from '../core/enrollments/enrollment';
import type { ContactId, EnrollmentId, EventId, EventKey, WorkspaceId } from '../core/ids';
import type { JsonObject } from '../core/json/json';
import type { EffectKind, RecordedEvent, Refusal, Unrouted } from '../core/events/recorded-event';
import type { Workspace } from '../core/workspaces/workspace';

/** An event as a connector hands it over. Without an `id` a retry of the client is a new event. */
export type IncomingEvent = Readonly<{
  id?: string;
  name: string;
  contact: ContactRef;
  occurredAt?: Instant;
  /** The client's own timestamp as it was sent: with it a corrected `occurredAt` is no part of the fingerprint. */
  timestamp?: string;
  /** Records it only. */
  unrouted?: Unrouted;
  properties: JsonObject;
  source?: string;
}>;

/** What became of an event at the moment it was acknowledged; the rest is told by `GET /v1/events/{id}`. */
export type Receipt = Readonly<{
  kind: 'accepted' | 'duplicate';
  id: string;
  key: EventKey;
  contact: ContactId;
  enrollments: readonly Readonly<{ id: EnrollmentId; effect: EffectKind }>[];
  refusals: readonly Refusal[];
  unrouted?: Unrouted;
}>;

/** Durable when it resolves. */
export type Accept = (workspace: Workspace, incoming: IncomingEvent) => Promise<Receipt | Conflict>;

/** The same id came before with another name, contact, time or properties. Nothing was applied. */
export type Conflict = Readonly<{ kind: 'conflict'; id: string }>;

/** A start asked for by the API; `requestId` is the client's Idempotency-Key. */
export type EnrollmentRequest = Readonly<{
  journey: string;
  contact: ContactRef;
  key?: string;
  data: JsonObject;
  requestId?: string;
}>;

export type EnrollmentAnswer =
  | Readonly<{ kind: 'enrolled' | 'already-enrolled'; enrollment: EnrollmentId }>
  | Readonly<{ kind: 'refused'; reason: RefusalReason }>
  | Readonly<{ kind: 'unknown-journey' }>
  | Conflict;

/** What an operator asks for: `by` names who, `requestId` is the Idempotency-Key. The same one again asks for nothing more. */
export type OperatorRequest = Readonly<{
  enrollment: EnrollmentId;
  by: string;
  reason: string;
  requestId?: string;
}>;

export type OperatorRefusal =
  | Readonly<{ kind: 'unknown-enrollment' | 'not-waiting' }>
  | Readonly<{ kind: 'ended'; ending: Ending }>;

export type OperatorAnswer = Readonly<{ kind: 'accepted' }> | OperatorRefusal;

export type ReplayAnswer =
  Readonly<{ kind: 'revived' | 'not-dead'; event: RecordedEvent }> | Readonly<{ kind: 'unknown' }>;

/**
 * The way in for everything that happens. An answer is given only after the majority-acknowledged write, and settling goes on
 * by itself afterwards; what a crash interrupts is taken up by the re-drive.
 */
export type Intake = Readonly<{
  accept: Accept;
  /** What `work` accepts is settled together, so that a burst of one contact's events reaches an enrollment as one signal. */
  together<Result>(work: (accept: Accept) => Promise<Result>): Promise<Result>;
  enroll(workspace: Workspace, request: EnrollmentRequest): Promise<EnrollmentAnswer>;
  /**
   * Makes two contacts one: a known one survives, else the older. Resolves when they are one; what that means for their
   * enrollments is settled like an event. Two that are one already stay so.
   */
  merge(workspace: WorkspaceId, pair: readonly [ContactId, ContactId]): Promise<void>;
  /**
   * Erases a contact and those merged into it. Resolves when nobody can be found by them any more; the rest, workflow
   * histories included, follows and is re-driven until it is done.
   */
  erase(workspace: WorkspaceId, contact: ContactId): Promise<void>;
  /** Ends an enrollment as `stopped`. Once accepted no send that begins later hands its message over. */
  exit(workspace: WorkspaceId, request: OperatorRequest): Promise<OperatorAnswer>;
  /**
   * Ends the wait at which an enrollment stands, as if its time had run out. It means that one wait: where the enrollment has left
   * it by the time its workflow hears of it, nothing happens.
   */
  skipWait(workspace: WorkspaceId, request: OperatorRequest): Promise<OperatorAnswer>;
  /** Makes a dead event pending again, to be settled like a new one. What is not dead stays as it is. */
  replay(workspace: WorkspaceId, idOrKey: EventId | EventKey): Promise<ReplayAnswer>;
  /** After a publish in this process: its next event sees it. */
  journeysChanged(workspace: WorkspaceId): void;
  /** Resolves when everything acknowledged here so far has been settled or left to the re-drive. */
  drain(): Promise<void>;
}>;
