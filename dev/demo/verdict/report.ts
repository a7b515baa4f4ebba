import type { StackFacts } from '../../stack/start';
import type { Evidence, Finding } from './findings';
import { shopperNames, shoppers } from '../shoppers';
import { faceOf } from '../watch/virtual-time';

const widest = 52;

/** Who got what, at which virtual time, and why. */
export function findingsTable(findings: readonly Finding[]): string {
  const width = Math.min(widest, Math.max(...findings.map(({ what }) => what.length), 0));
  const rows = shopperNames.flatMap((name) => [
    `  ${name.padEnd(11)}${shoppers[name]}`,
    ...findings
      .filter(({ shopper }) => shopper === name)
      .map(({ at, what, why }) => `    ${faceOf(at)}  ${what.padEnd(width)}  ${why}`),
  ]);
  return ['Who got what, when in Rome, and why', ...rows].join('\n');
}

/** What each journey cost in history events, from the fewest to the most of one enrollment. */
export function historyTable(
  { enrollments }: Pick<Evidence, 'enrollments'>,
  lengths: ReadonlyMap<string, number>,
): string {
  const journeys = [...new Set(enrollments.map(({ journey }) => journey))];
  const rows = journeys.map((journey) => {
    const ids = enrollments.filter((one) => one.journey === journey).map(({ id }) => id);
    const counts = ids.map((id) => lengths.get(id) ?? 0).sort((one, other) => one - other);
    return `  ${journey.padEnd(16)} ${counts.join(', ')}`;
  });
  return ['History events in Temporal, one number an enrollment', ...rows].join('\n');
}

export function addressesTable({ api, mailbox, temporalUi }: StackFacts): string {
  return [
    'Where to look',
    `  Temporal UI       ${temporalUi ?? 'none'}`,
    `  Mailbox           ${mailbox ?? 'none'}`,
    `  OpenAPI document  ${api}/openapi.json`,
  ].join('\n');
}

/** The verdict, and every difference where there are any. */
export function verdictText(differences: readonly string[], mails: number): string {
  if (differences.length === 0) {
    return `As expected: ${mails} mails, each to the right shopper in its order and time, and no other.`;
  }
  return ['NOT as expected:', ...differences.map((difference) => `  ${difference}`)].join('\n');
}
