import type { Instant } from '../../journeys/clock';
import { createApiClient } from '../api-client';
import type { StackFacts } from '../stack/start';
import type { ExpectedMail } from './expectations';
import { watchJourneys } from './journey-watch';
import { watchMailbox, type SeenMail } from './mailbox-watch';
import { play } from './play';
import { readRecord } from './record';
import type { Screen } from './screen';
import { scriptFrom } from './script';
import { createShopServer } from './segment-client';
import { addressOf, shopperNames } from './shoppers';
import { faceOf, hours, nowOn, untilInstant } from './virtual-time';
import { watch } from './watch';

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

/** Plays the whole script before a live view and returns every mail that came. Rejects when the signal is aborted. */
export async function perform(performance: Performance): Promise<readonly SeenMail[]> {
  const { facts, screen, signal } = performance;
  const now = () => nowOn(facts.clock);
  const over = new AbortController();
  const within = AbortSignal.any([signal, over.signal]);
  const mailbox = watchMailbox({
    mailbox: facts.mailbox,
    now,
    onMail: ({ at, to, subject }) => {
      const shopper = shopperNames.find((name) => to.includes(addressOf(name)));
      screen.happens(at, shopper ?? to.join(', '), `✉ ${subject}`);
    },
  });
  const journeys = watchJourneys({
    record: readRecord(createApiClient(facts)),
    now,
    onChange: (at, shopper, what) => {
      screen.happens(at, shopper, what);
    },
  });
  const hideStatus = screen.showStatus(
    () => `${faceOf(now())}  ${mailbox.seen().length} of ${performance.expected.length} mails`,
  );
  const playing = playToTheEnd({ ...performance, signal: within }, () => mailbox.seen().length);
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

/** Ends when every mail has come or is overdue, and what should not come has had its time. */
async function playToTheEnd(
  { facts, opening, expected, screen, signal }: Performance,
  mailsSeen: () => number,
): Promise<void> {
  const { clock } = facts;
  const shop = createShopServer(facts, clock);
  const onAct = ({ at, shopper, says }: Parameters<Parameters<typeof play>[1]['onAct']>[0]) => {
    screen.happens(at, shopper, says);
  };
  await play(scriptFrom(opening), { clock, shop, onAct, signal }).finally(() => shop.close());
  const dues = expected.map(({ notBefore }) => hours(notBefore));
  const limits = expected.map(({ before }) => hours(before));
  await untilInstant(clock, opening + Math.max(...dues), signal);
  while (mailsSeen() < expected.length && nowOn(clock) < opening + Math.max(...limits)) {
    await untilInstant(clock, nowOn(clock) + hours(0, 15), signal);
  }
  await untilInstant(clock, nowOn(clock) + afterTheLast, signal);
}
