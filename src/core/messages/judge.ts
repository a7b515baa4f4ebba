import type { ChannelName } from '../channels';
import type { Contact } from '../contacts/contact';
import type { CompiledJourney } from '../journeys/compiled-journey';
import { longestHoldMs, type CompiledSend } from '../journeys/steps/send';
import { switchedOff, type DeferReason, type SkipReason } from '../decisions/reasons';
import type { Enrollment, Ending } from '../enrollments/enrollment';
import { entryFactsOf } from '../enrollments/enrollment';
import { exitAmong, type ExitCandidate } from '../enrollments/exits';
import { expiryOf, isExpired } from '../enrollments/walk';
import type { JsonObject } from '../json/json';
import type { Instant } from '../time/clock';
import type { MessageId } from '../ids';
import type { QuietHours } from '../workspaces/rules';
import { consentAgainst } from './consent-against';
import type { MessageRoute } from './route';
import { holdsBack, type Suppression } from './suppression';
import type { SwitchName } from './switches';
import { closedFor } from './timing/opening';

/** The facts that a send depends on, read immediately before the hand-over. */
export type SendFacts = Readonly<{
  /** When they were read. */
  now: Instant;
  enrollment: Enrollment;
  /**
   * The stored events that `exitSearchFor` finds, oldest first. They are the person's, and those of
   * others that carry a key of the enrollment.
   */
  exitEvents: readonly ExitCandidate[];
  /** Absent when the contact has been erased. */
  contact?: Contact;
  /** The channel that the ledger holds, with the contact's address as it is now. */
  route: MessageRoute;
  /** Everything that stands against this address, the strongest first. */
  suppressions: readonly Suppression[];
  /** The domain of the sender if the workspace may not send from it. */
  unconfirmedSender?: string;
  /** A part of the message that an operator has switched off. */
  off?: SwitchName;
  message: Readonly<{ id: MessageId; claimedAt: Instant }>;
  /** The zone by which the contact is written to. */
  zone: string;
  quietHours: readonly QuietHours[];
  /** True where the workspace writes to customers who have not objected. */
  softOptIn?: boolean;
}>;

/**
 * The gate's word on a message. It is sent, skipped, put off until a time, held while something is
 * switched off, or its enrollment ends.
 */
export type Verdict =
  | Readonly<{ kind: 'go'; channel: ChannelName; address: string }>
  | Readonly<{ kind: 'skip'; because: SkipReason; facts: JsonObject }>
  | Deferral
  | Readonly<{ kind: 'hold'; because: typeof switchedOff }>
  | Readonly<{ kind: 'end'; ending: Omit<Ending, 'at'> }>;

/**
 * Decides whether a message goes out: the whole send gate. An exit beats every other reason, so
 * that the why-record names what the contact did.
 */
export function judge(journey: CompiledJourney, send: CompiledSend, facts: SendFacts): Verdict {
  const { enrollment, contact, route, off } = facts;
  if (enrollment.ended) return { kind: 'end', ending: enrollment.ended };
  const ending = exitEndingOf(journey, facts);
  if (ending) return { kind: 'end', ending };
  if (isExpired(journey, enrollment, facts.now)) return { kind: 'end', ending: expired };
  if (!contact) return skip('contact-erased');
  const { channel, address } = route;
  if (address === undefined) return skip('no-address', { channels: [...send.channels] });
  const refusal = refusalBy(contact, send, facts);
  if (refusal) return refusal;
  if (off) return { kind: 'hold', because: switchedOff };
  return heldByTheClock(journey, send, facts) ?? { kind: 'go', channel, address };
}

/** The word of somebody that nothing goes to this contact by this channel. */
function refusalBy(
  contact: Contact,
  { purpose }: CompiledSend,
  { route: { channel }, suppressions, unconfirmedSender: domain, softOptIn = false }: SendFacts,
): HoldingBack | undefined {
  const suppression = suppressions.find((each) => holdsBack(each, purpose));
  if (suppression) return skip(suppression.because, { channel });
  const refused = consentAgainst(contact, { purpose, channel, softOptIn });
  if (refused) return skip(refused, { channel, purpose });
  return domain === undefined ? undefined : skip('sender-unconfirmed', { domain });
}

function heldByTheClock(
  journey: CompiledJourney,
  send: CompiledSend,
  { message, now, zone, quietHours, route: { channel }, enrollment }: SendFacts,
): Verdict | undefined {
  const { purpose, window } = send;
  const kind = { id: message.id, channel, purpose, now, zone, quietHours };
  const closed = closedFor({ ...kind, ...(window && { window }) });
  if (!closed) return undefined;
  const latest = latestOf(journey, send, { enrollment, claimedAt: message.claimedAt });
  return putOffOrSkip(closed, latest);
}

/** A message is put off until a time that is known. */
export type Deferral = Readonly<{ kind: 'defer'; because: DeferReason; until: Instant }>;

/** A message is skipped, or put off. */
export type HoldingBack = Deferral | Extract<Verdict, { kind: 'skip' }>;

/** Skips a message that cannot be put off for so long, for the same reason. */
export function putOffOrSkip(
  { because, until }: Readonly<{ because: DeferReason; until: Instant | undefined }>,
  latest: Instant,
): HoldingBack {
  if (until === undefined || until > latest) return skip(because);
  return { kind: 'defer', because, until };
}

/** The instant until which a message waits for its time at most. */
export function latestOf(
  journey: CompiledJourney,
  send: CompiledSend,
  { enrollment, claimedAt }: Readonly<{ enrollment: Enrollment; claimedAt: Instant }>,
): Instant {
  return Math.min(claimedAt + longestHoldMs(send), expiryOf(journey, enrollment));
}

const expired = { as: 'expired', because: 'expired' } as const;

function exitEndingOf(
  journey: CompiledJourney,
  { enrollment, exitEvents }: SendFacts,
): Omit<Ending, 'at'> | undefined {
  const found = exitAmong(journey, entryFactsOf(enrollment), exitEvents);
  if (!found) return undefined;
  const { key: event, occurredAt } = found.event;
  return { as: found.exit.as, because: 'exit-event', by: { event, occurredAt } };
}

function skip(because: SkipReason, facts: JsonObject = {}): Extract<Verdict, { kind: 'skip' }> {
  return { kind: 'skip', because, facts };
}
