import { merged } from '../../core/decisions/decisions';
import type { Command } from '../../core/events/command';
import type { RecordedEvent } from '../../core/events/recorded-event';
import type { IntakeDependencies } from '../dependencies';
import type { Enrollment } from '../../core/enrollments/enrollment';
import type { ContactId } from '../../core/ids';
import { enrollmentsOfPerson } from '../person';
import { findEarlierEvents } from '../settle/missed';
import type { CommandModule } from './shared/command';
import { endAll } from './shared/end-all';
import { lookAgainAt, untilLookedOver } from './shared/look-again';

/** The known contact survives, else the older. */
export type MergeRequest = Readonly<{ pair: readonly [ContactId, ContactId] }>;

/**
 * Makes two contacts one. Each side may have stored events that enrollments of the other hear, and
 * the two may stand open under the same journey and key: then the oldest one continues.
 */
export const merge = {
  plan: async ({ store, clock }, workspace, { pair }: MergeRequest) => {
    const due = await store.contacts.wouldMerge(workspace, pair);
    if (!due) return { kind: 'nothing-to-merge' } as const;
    return {
      kind: 'planned',
      event: {
        id: `merge:${due.merged}:${due.survivor}`,
        name: 'Contact Merged',
        workspace,
        contact: due.survivor,
        command: { kind: 'merge', other: due.merged, lookAgainAt: lookAgainAt(clock) },
      },
    } as const;
  },
  carryOut: async (dependencies, event, command) => {
    await unite(dependencies, event, command);
  },
  settle: async (dependencies, event, command) => {
    const merges = await unite(dependencies, event, command);
    await dependencies.store.decisions.record(merges.map((pair) => merged(event, pair)));
    const person = await enrollmentsOfPerson(dependencies, event);
    const earlier = await findEarlierEvents(dependencies, person, person.open);
    const ends = await endAll(dependencies, doublesAmong(person.open), 'merged');
    return [...earlier, ...ends];
  },
  complete: ({ clock }, _event, command) => Promise.resolve(untilLookedOver(clock, command)),
} satisfies CommandModule<'merge'>;

function unite(
  { store, clock }: IntakeDependencies,
  { workspace, contact }: RecordedEvent,
  { other }: Command<'merge'>,
) {
  return store.contacts.merge(workspace, [contact, other], clock.now());
}

/** Every enrollment but the oldest of its journey and key. */
function doublesAmong(open: readonly Enrollment[]): readonly Enrollment[] {
  const oldest = new Set<string>();
  const oldestFirst = open.toSorted(
    (one, other) => one.openedAt - other.openedAt || (one.id < other.id ? -1 : 1),
  );
  return oldestFirst.filter(({ journey, key }) => {
    const place = JSON.stringify([journey, key]);
    if (oldest.has(place)) return true;
    oldest.add(place);
    return false;
  });
}
