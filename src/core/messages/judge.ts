import type { ChannelName, Purpose } from '../channels';
import type { Contact } from '../contacts/contact';
import type { CompiledJourney } from '../journeys/compiled-journey';
import type { CompiledSend } from '../journeys/steps/send';
import type { SkipReason } from '../decisions/reasons';
import type { Enrollment, Ending } from '../enrollments/enrollment';
import { entryFactsOf } from '../enrollments/enrollment';
import { exitAmong, type ExitCandidate } from '../enrollments/exits';
import { isExpired } from '../enrollments/walk';
import type { JsonObject } from '../json/json';
import type { Instant } from '../time/clock';
import { assertNever } from '../assert-never';
import type { MessageRoute } from './route';
import { holdsBack, type Suppression } from './suppression';

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
}>;

/** The gate's word on a message: send it, skip it, or end its enrollment. */
export type Verdict =
  | Readonly<{ kind: 'go'; channel: ChannelName; address: string }>
  | Readonly<{ kind: 'skip'; because: SkipReason; facts: JsonObject }>
  | Readonly<{ kind: 'end'; ending: Omit<Ending, 'at'> }>;

/**
 * Decides whether a message goes out: the whole send gate. An exit beats every other reason, so
 * that the why-record names what the contact did.
 */
export function judge(journey: CompiledJourney, send: CompiledSend, facts: SendFacts): Verdict {
  const { enrollment, contact, route, suppressions, unconfirmedSender: domain } = facts;
  if (enrollment.ended) return { kind: 'end', ending: enrollment.ended };
  const ending = exitEndingOf(journey, facts);
  if (ending) return { kind: 'end', ending };
  if (isExpired(journey, enrollment, facts.now)) return { kind: 'end', ending: expired };
  if (!contact) return skip('contact-erased');
  const { channel, address } = route;
  if (address === undefined) return skip('no-address', { channels: [...send.channels] });
  const suppression = suppressions.find((each) => holdsBack(each, send.purpose));
  if (suppression) return skip(suppression.because, { channel });
  const refusal = consentAgainst(contact, send.purpose, channel);
  if (refusal) return skip(refusal, { channel, purpose: send.purpose });
  if (domain !== undefined) return skip('sender-unconfirmed', { domain });
  return { kind: 'go', channel, address };
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

function skip(because: SkipReason, facts: JsonObject = {}): Verdict {
  return { kind: 'skip', because, facts };
}

function consentAgainst(
  { consents }: Contact,
  purpose: Purpose,
  channel: ChannelName,
): SkipReason | undefined {
  const given = consents[purpose]?.[channel]?.given;
  switch (purpose) {
    case 'marketing':
      if (given === undefined) return 'no-consent';
      return given ? undefined : 'refused-consent';
    case 'service':
      return given === false ? 'refused-consent' : undefined;
    case 'transactional':
      return undefined;
    default:
      return assertNever(purpose);
  }
}
