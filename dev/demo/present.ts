import { DomainError } from '../../src/core/domain-error';
import type { Instant } from '../../src/core/time/clock';
import { createApiClient } from '../api-client';
import type { StackFacts } from '../stack/start';
import { differencesOf, type JourneyEnd } from './verdict/compare';
import { expectations } from './verdict/expectations';
import { evidenceOf, findingsOf, type Evidence } from './verdict/findings';
import { historyLengthsOf } from './verdict/history-lengths';
import { perform } from './verdict/performance';
import { readRecord } from './record';
import { addressesTable, findingsTable, historyTable, verdictText } from './verdict/report';
import type { Screen } from './screen';
import { faceOf, hours, nowOn } from './watch/virtual-time';

type Presentation = Readonly<{ opening: Instant; screen: Screen; signal: AbortSignal }>;

/** The play, then what came of it; true when that is what must have come. */
export async function present(facts: StackFacts, wishes: Presentation): Promise<boolean> {
  const { screen, signal } = wishes;
  const { mailbox } = facts;
  if (mailbox === null) throw new DomainError('unavailable', 'The stack has no mailbox.');
  const opening = nextOpening(wishes.opening, nowOn(facts.clock));
  screen.say(`The shop opens on ${faceOf(opening)} in Rome. An hour there takes a second.\n`);
  const expected = Object.values(expectations).flatMap(({ mails }) => mails);
  const mails = await perform({ facts: { ...facts, mailbox }, opening, expected, screen, signal });
  const evidence = await evidenceOf(mails, readRecord(createApiClient(facts)));
  const lengths = await historyLengthsOf(
    evidence.enrollments.map(({ id }) => id),
    facts,
  );
  const ends = endsIn(evidence);
  const differences = differencesOf(expectations, { opening, arrivals: mails, ends });
  const tables = [
    findingsTable(findingsOf(evidence)),
    historyTable(evidence, lengths),
    addressesTable(facts),
    verdictText(differences, mails.length),
  ];
  screen.say(`\n${tables.join('\n\n')}`);
  return differences.length === 0;
}

/** A stack that took longer to come up opens the shop on the next full hour. */
function nextOpening(wished: Instant, now: Instant): Instant {
  return Math.max(wished, Math.ceil(now / hours(1)) * hours(1));
}

function endsIn({ enrollments, refusals }: Evidence): readonly JourneyEnd[] {
  const ended = enrollments.map((enrolled) => ({
    ...enrolled,
    how: enrolled.ended ? `ended as ${enrolled.ended.as}` : 'still open',
  }));
  return [
    ...ended,
    ...refusals.map((refused) => ({ ...refused, how: `refused as ${refused.reason}` })),
  ];
}
