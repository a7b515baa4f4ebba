import type { Instant } from '../core/time/clock';
import type { ContactRef } from '../core/contacts/contact';
import type { RefusalReason } from '../core/decisions/reasons';
import type { CommandKind } from '../core/events/command';
import type { CommandRefusals, CommandRequests } from './commands/commands';
import type { ContactId, EnrollmentId, EventId, EventKey, WorkspaceId } from '../core/ids';
import type { Restamped } from '../core/events/event';
import type { JsonObject } from '../core/json/json';
import type { EffectKind, RecordedEvent, Refusal, Unrouted } from '../core/events/recorded-event';
import type { Workspace } from '../core/workspaces/workspace';

/**
 * An event as a connector hands it over. Without an `id` a retry of the client is a new event.
 * With an empty `contact` it is recorded as nobody's and reaches nobody.
 */
export type IncomingEvent = Readonly<{
  id?: string;
  name: string;
  contact: ContactRef;
  occurredAt?: Instant;
  /**
   * The client's own timestamp as it was sent. With it a corrected `occurredAt` is no part of the
   * fingerprint.
   */
  timestamp?: string;
  /** Why the receipt is its time and `timestamp` is not. */
  restamped?: Restamped;
  /** The engine itself says this. Its `id` is of no client. */
  isEngines?: true;
  /** The enrollment that alone hears it. */
  enrollment?: EnrollmentId;
  /** It starts nothing. */
  history?: true;
  /** Records it only. */
  unrouted?: Unrouted;
  properties: JsonObject;
  source?: string;
}>;

/** An event as it was acknowledged; `GET /v1/events/{id}` tells the rest. */
export type Receipt = Readonly<{
  kind: 'accepted' | 'duplicate';
  id: string;
  key: EventKey;
  contact: ContactId;
  enrollments: readonly Readonly<{ id: EnrollmentId; effect: EffectKind }>[];
  refusals: readonly Refusal[];
  restamped?: Restamped;
  history?: true;
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

/** `accepted` is answered once the command is durable and has been carried out. */
export type CommandAnswer<Kind extends CommandKind> =
  Readonly<{ kind: 'accepted' }> | CommandRefusals[Kind];

export type ReplayAnswer =
  Readonly<{ kind: 'revived' | 'not-dead'; event: RecordedEvent }> | Readonly<{ kind: 'unknown' }>;

/**
 * The way in for everything that happens. An answer is given only after the majority-acknowledged
 * write. Settling goes on by itself afterwards; the re-drive takes up what a crash interrupts.
 */
export type Intake = Readonly<{
  accept: Accept;
  /**
   * Settles together what `work` accepts. A burst of one contact's events then reaches an
   * enrollment as one signal. `work` may accept the next event before the last is durable: they
   * keep their order, and share what is asked for them. It ends when all are.
   */
  batch<Result>(work: (accept: Accept) => Promise<Result>): Promise<Result>;
  enroll(workspace: Workspace, request: EnrollmentRequest): Promise<EnrollmentAnswer>;
  /** Gives a command to an enrollment or a contact; `commands/` has one file for each. */
  ask<Kind extends CommandKind>(
    workspace: WorkspaceId,
    kind: Kind,
    request: CommandRequests[Kind],
  ): Promise<CommandAnswer<Kind>>;
  /** Makes a dead event pending again, to be settled like a new one. Others stay as they are. */
  replay(workspace: WorkspaceId, idOrKey: EventId | EventKey): Promise<ReplayAnswer>;
  /** After a publish in this process: its next event sees it. */
  journeysChanged(workspace: WorkspaceId): void;
  /** Resolves when everything acknowledged here so far is settled or left to the re-drive. */
  drain(): Promise<void>;
}>;
