import type { Instant } from '../../../src/core/time/clock';
import type { SeenMail } from '../watch/mailbox-watch';
import type { Decided, EngineRecord, Enrolled, Refused, Sent } from '../record';
import { addressOf, shopperNames, type Shopper } from '../shoppers';

/** Something that came of the play for a shopper, and the engine's reason. */
export type Finding = Readonly<{ at: Instant; shopper: Shopper; what: string; why: string }>;

/** An enrollment with every decision about it. */
export type Explained = Enrolled & Readonly<{ timeline: readonly Decided[]; endedBy?: string }>;

export type Evidence = Readonly<{
  mails: readonly SeenMail[];
  messages: readonly Sent[];
  enrollments: readonly Explained[];
  refusals: readonly Refused[];
}>;

export async function evidenceOf(
  mails: readonly SeenMail[],
  record: EngineRecord,
): Promise<Evidence> {
  const [enrolled, refusals, messages] = await Promise.all([
    record.enrollments(),
    record.refusals(),
    record.messages(),
  ]);
  const enrollments = await Promise.all(enrolled.map((one) => explained(one, record)));
  return { mails, messages, enrollments, refusals };
}

async function explained(enrolled: Enrolled, record: EngineRecord): Promise<Explained> {
  const timeline = await record.timeline(enrolled.id);
  const event = timeline.find(({ kind }) => kind === 'ended')?.event;
  return { ...enrolled, timeline, ...(event && { endedBy: await record.eventName(event) }) };
}

/**
 * Who got what and how her journeys ended, each with its reason: shopper by shopper, oldest first.
 */
export function findingsOf(evidence: Evidence): readonly Finding[] {
  const { mails, enrollments, refusals } = evidence;
  const findings = [
    ...mails.flatMap((mail) => findingOfMail(mail, evidence)),
    ...enrollments.map(findingOfEnd),
    ...refusals.map(findingOfRefusal),
  ];
  return shopperNames.flatMap((name) =>
    findings.filter(({ shopper }) => shopper === name).toSorted((one, two) => one.at - two.at),
  );
}

function findingOfMail(
  { to, at: seenAt, subject, messageId }: SeenMail,
  { messages, enrollments }: Evidence,
): readonly Finding[] {
  const message = messages.find(({ providerId }) => providerId === messageId);
  const enrollment = enrollments.find(({ id }) => id === message?.enrollment);
  const why = message && enrollment ? reasonOf(message, enrollment) : 'not in the ledger';
  const at = message?.at ?? seenAt;
  return shopperNames
    .filter((shopper) => to.includes(addressOf(shopper)))
    .map((shopper) => ({ at, shopper, what: `✉ ${subject}`, why }));
}

/** The step that sent it, and the branch that led there. */
function reasonOf({ id, step, purpose }: Sent, { journey, timeline }: Explained): string {
  const before = timeline[timeline.findIndex(({ message }) => message === id) - 1];
  const branch = before?.kind === 'branched' ? `, since ${branchText(before)}` : '';
  return `${journey}, ${step} (${purpose})${branch}`;
}

function branchText({ step = '', because = '', facts }: Decided): string {
  const known = Object.entries(facts).map(([fact, value]) => `${fact} is ${JSON.stringify(value)}`);
  return known.length > 0 ? known.join(', ') : `${step}: ${because}`;
}

function findingOfEnd({ shopper, journey, ended, endedBy, timeline }: Explained): Finding {
  if (!ended) {
    const at = timeline[0]?.at ?? 0;
    return { at, shopper, what: `is still in ${journey}`, why: '' };
  }
  const { as, at, because } = ended;
  return { at, shopper, what: `leaves ${journey} as ${as}`, why: endedBy ?? because };
}

function findingOfRefusal({ shopper, journey, reason, at }: Refused): Finding {
  return { at, shopper, what: `does not enter ${journey}`, why: reason };
}
