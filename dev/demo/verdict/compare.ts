import type { Instant } from '../../../src/core/time/clock';
import type { Expectation, ExpectedEnd, ExpectedMail } from './expectations';
import { addressOf, shopperNames, type Shopper } from '../shoppers';
import { faceOf, hours } from '../watch/virtual-time';

/** A mail as the mailbox received it, and when, in virtual time. */
export type Arrival = Readonly<{
  to: readonly string[];
  subject: string;
  text: string;
  at: Instant;
}>;

/** What the engine says became of a shopper in a journey. */
export type JourneyEnd = Readonly<{ shopper: Shopper; journey: string; how: string }>;

export type Happened = Readonly<{
  opening: Instant;
  /** In the order of their arrival. */
  arrivals: readonly Arrival[];
  ends: readonly JourneyEnd[];
}>;

type Expectations = Readonly<Record<Shopper, Expectation>>;

/**
 * What happened against what must have; empty when they agree. One entry a difference, of a line or
 * several.
 */
export function differencesOf(
  expectations: Expectations,
  { opening, arrivals, ends }: Happened,
): readonly string[] {
  const ofShoppers = shopperNames.flatMap((shopper) => {
    const { mails, journeys } = expectations[shopper];
    const hers = arrivals.filter(({ to }) => to.includes(addressOf(shopper)));
    return [
      ...mailDifferences(mails, hers, opening).map((text) => `${shopper}: ${text}`),
      ...endDifferences(
        journeys,
        ends.filter((end) => end.shopper === shopper),
      ).map((text) => `${shopper}: ${text}`),
    ];
  });
  return [...ofShoppers, ...misdirected(arrivals)];
}

function mailDifferences(
  expected: readonly ExpectedMail[],
  received: readonly Arrival[],
  opening: Instant,
): readonly string[] {
  const pairs = Array.from({ length: Math.max(expected.length, received.length) }, (_, index) => ({
    wanted: expected[index],
    got: received[index],
    place: `mail ${index + 1}`,
  }));
  return pairs.flatMap(({ wanted, got, place }) => {
    const subjects = `${place}\n    expected  ${wanted?.subject ?? 'nothing'}\n    received  ${got?.subject ?? 'nothing'}`;
    if (!wanted || !got) return [subjects];
    const isSame = wanted.subject === got.subject;
    const faults = [...timeFaults(wanted, got, opening), ...textFaults(wanted, got)];
    return [...(isSame ? [] : [subjects]), ...faults.map((fault) => `${place} ${fault}`)];
  });
}

function timeFaults(wanted: ExpectedMail, { at }: Arrival, opening: Instant): readonly string[] {
  const [from, until] = [opening + hours(wanted.notBefore), opening + hours(wanted.before)];
  if (from <= at && at < until) return [];
  return [
    `came at another time\n    expected  ${faceOf(from)} to ${faceOf(until)}\n    received  ${faceOf(at)}`,
  ];
}

function textFaults({ shows, lacks = [] }: ExpectedMail, { text }: Arrival): readonly string[] {
  const missing = shows.filter((words) => !text.includes(words));
  const unwanted = lacks.filter((words) => text.includes(words));
  return [
    ...missing.map((words) => `does not show "${words}"`),
    ...unwanted.map((words) => `shows "${words}", which it must not`),
  ];
}

function endDifferences(
  expected: readonly ExpectedEnd[],
  actual: readonly JourneyEnd[],
): readonly string[] {
  const wanted = expected.map(textOfEnd).sort();
  const got = actual.map(({ journey, how }) => `${journey} ${how}`).sort();
  if (wanted.join() === got.join()) return [];
  return [
    `journeys\n    expected  ${wanted.join(', ')}\n    happened  ${got.join(', ') || 'nothing'}`,
  ];
}

function textOfEnd(end: ExpectedEnd): string {
  return `${end.journey} ${howOf(end)}`;
}

function howOf(end: ExpectedEnd): string {
  if ('open' in end) return 'still open';
  return 'ended' in end ? `ended as ${end.ended}` : `refused as ${end.refused}`;
}

function misdirected(arrivals: readonly Arrival[]): readonly string[] {
  const known = new Set(shopperNames.map(addressOf));
  return arrivals
    .filter(({ to }) => to.length !== 1 || !to.every((address) => known.has(address)))
    .map(({ to, subject }) => `a mail nobody expects, to ${to.join(', ') || 'nobody'}: ${subject}`);
}
