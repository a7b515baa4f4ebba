import type { ContactId, JourneyId, WorkspaceId } from '../core/ids';
import type { EnrollmentRow } from './enrollment-row';
import type { StoreScope } from './mongo/connection';
import { groupedFind, mostTogether, wholeOf } from './mongo/reading/grouped-search';
import { oneOf } from './mongo/one-of';
import type { Filter, Rows } from './mongo/rows';

type Sought = Readonly<{
  workspace: WorkspaceId;
  journey: JourneyId;
  key: string;
  contacts: readonly ContactId[];
}>;

/** The first look takes this many of a key. A merge ends one, and seldom ten in a row. */
const mostLooked = 10;

/** Each contact of a command is looked up by each key. */
const mostSharing = 16;

/**
 * Finds the latest row of a key, with the highest number of any. Concurrent searches in a journey
 * share a command.
 */
export function createLastSearch(
  rows: Pick<Rows<EnrollmentRow>, 'all' | 'within'>,
  { session }: Pick<StoreScope, 'session'>,
): (sought: Sought) => Promise<EnrollmentRow | undefined> {
  const alone = (sought: Sought) => newestOf(rows, sought);
  const search = session
    ? alone
    : groupedFind<Sought, EnrollmentRow>({
        alone,
        together: (all) => wholeOf(rows.within(filterOf(all), mostTogether)),
        kindOf: ({ workspace, journey }) => JSON.stringify([workspace, journey]),
        isOf: (row, { contacts, key }) => row.key === key && contacts.includes(row.contact),
        mostItems: mostSharing,
      });
  return async (sought) => {
    const all = await search(sought);
    const [row] = all
      .filter(isCounted)
      .toSorted((one, other) => other.openedAt - one.openedAt || other.n - one.n);
    return row && { ...row, n: Math.max(...all.map(({ n }) => n)) };
  };
}

function filterOf(all: readonly Sought[]): Filter {
  const [first] = all;
  return {
    workspace: first?.workspace,
    journey: first?.journey,
    contact: oneOf([...new Set(all.flatMap(({ contacts }) => contacts))]),
    key: oneOf([...new Set(all.map(({ key }) => key))]),
  };
}

async function newestOf(
  rows: Pick<Rows<EnrollmentRow>, 'all'>,
  { contacts, ...of }: Sought,
): Promise<readonly EnrollmentRow[]> {
  return contacts.length > mostLooked
    ? rows.all({ ...of, contact: oneOf(contacts) }, newestFirst)
    : newestOfEach(rows, of, contacts);
}

const newestFirst = { order: { n: -1 } } as const;

/** A key may have been entered often. The newest few of each contact tell enough. */
async function newestOfEach(
  rows: Pick<Rows<EnrollmentRow>, 'all'>,
  of: Filter,
  contacts: readonly ContactId[],
): Promise<readonly EnrollmentRow[]> {
  const found = contacts.map(async (contact) => {
    const newest = await rows.all({ ...of, contact }, { ...newestFirst, limit: mostLooked });
    const isEnough = newest.length < mostLooked || newest.some(isCounted);
    return isEnough ? newest : rows.all({ ...of, contact }, newestFirst);
  });
  return (await Promise.all(found)).flat();
}

function isCounted({ ended }: EnrollmentRow): boolean {
  return ended?.because !== 'merged';
}
