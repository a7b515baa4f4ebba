import type { Instant } from '../../../src/core/time/clock';
import { createApiClient } from '../../api-client';
import type { StackFacts } from '../../stack/start';
import type { ExpectedMail } from './expectations';
import { watchJourneys } from '../watch/journey-watch';
import { watchMailbox, type SeenMail } from '../watch/mailbox-watch';
import { play } from '../play';
import { readRecord } from '../record';
import type { Screen } from '../screen';
import { scriptFrom } from '../script';
import { createShopServer } from '../segment-client';
import { addressOf, shopperNames } from '../shoppers';
import { faceOf, hours, nowOn, untilInstant } from '../watch/virtual-time';
import { watch } from '../watch/watch';

type Performance = Readonly<{
  facts: StackFacts & Readonly<{ mailbox: string }>;
  opening: Instant;
  /** Every mail that must come: the play goes on for them, and for a while after the last. */
  expected: readonly ExpectedMail[];
  screen: Screen;
  signal: AbortSignal;
}>;

const lookAtMailboxMs = 150;
const lookAtJourneysMs = 400;
const afterTheLast = hours(2);

/**
 * Plays the whole script before a live view and returns every mail that came. Rejects when the
 * signal is aborted.
 */
export async function perform(performance: Performance): Promise<readonly SeenMail[]> {
  const { facts, expected, screen, signal } = performance;
  const over = new AbortController();
  const within = AbortSignal.any([signal, over.signal]);
  const { mailbox, journeys } = audienceOf(performance);
  const mailsSeen = () => mailbox.seen().length;
  const hideStatus = screen.showStatus(
    () => `${faceOf(nowOn(facts.clock))}  ${mailsSeen()} of ${expected.length} mails`,
  );
  const playing = playToTheEnd({ ...performance, signal: within }, mailsSeen);
  const watching = [
    watch(mailbox.look, lookAtMailboxMs, within),
    watch(journeys, lookAtJourneysMs, within),
  ];
  try {
    await Promise.race([playing, Promise.all(watching)]);
  } finally {
    over.abort();
    await Promise.allSettled([playing, ...watching]);
    hideStatus();
    signal.throwIfAborted();
  }
  await mailbox.look();
  return mailbox.seen();
}

/** Who looks on and puts what happens on the screen. */
function audienceOf({ facts, screen }: Performance) {
  const now = () => nowOn(facts.clock);
  const mailbox = watchMailbox({
    mailbox: facts.mailbox,
    now,
    onMail: ({ at, to, subject }) => {
      const shopper = shopperNames.find((name) => to.includes(addressOf(name)));
      screen.happens(at, shopper ?? to.join(', '), `✉ ${subject}`);
    },
  });
  const record = readRecord(createApiClient(facts));
  return { mailbox, journeys: watchJourneys({ record, now, onChange: screen.happens }) };
}

/** Ends when every mail has come or is overdue, and what should not come has had its time. */
async function playToTheEnd(
  { facts, opening, expected, screen, signal }: Performance,
  mailsSeen: () => number,
): Promise<void> {
  const { clock } = facts;
  const shop = createShopServer(facts, clock);
  await play(scriptFrom(opening), {
    clock,
    shop,
    onAct: ({ at, shopper, says }) => {
      screen.happens(at, shopper, says);
    },
    signal,
  }).finally(() => shop.close());
  const lastDue = opening + hours(Math.max(...expected.map(({ notBefore }) => notBefore)));
  const lastLimit = opening + hours(Math.max(...expected.map(({ before }) => before)));
  await untilInstant(clock, lastDue, signal);
  while (mailsSeen() < expected.length && nowOn(clock) < lastLimit) {
    await untilInstant(clock, nowOn(clock) + hours(0, 15), signal);
  }
  await untilInstant(clock, nowOn(clock) + afterTheLast, signal);
}
