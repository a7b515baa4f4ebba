import { erased } from '../../core/decisions/decisions';
import type { ContactId, WorkspaceId } from '../../core/ids';
import type { IntakeDependencies } from '../dependencies';
import { leaseMs } from '../dependencies';
import { enrollmentsOfPerson, idsOfPerson } from '../person';
import type { CommandModule } from './shared/command';
import { endAll } from './shared/end-all';
import { lookAgainAt, untilLookedOver } from './shared/look-again';

export type EraseRequest = Readonly<{ contact: ContactId }>;

/**
 * Erases a contact and those merged into it. Nobody is found by them any more once it has been
 * carried out. The rest, workflow histories included, follows and is re-driven until it is done.
 */
export const erase = {
  plan: ({ clock }, workspace, { contact }: EraseRequest) =>
    Promise.resolve({
      kind: 'planned',
      event: {
        id: `erase:${contact}`,
        name: 'Contact Erased',
        workspace,
        contact,
        command: { kind: 'erase', lookAgainAt: lookAgainAt(clock) },
      },
    } as const),
  carryOut: async ({ store, clock }, { workspace, contact }) => {
    await store.contacts.erase(workspace, contact, clock.now());
  },
  settle: async (dependencies, event) => {
    const { store, clock } = dependencies;
    await store.contacts.erase(event.workspace, event.contact, clock.now());
    await store.decisions.record([erased(event)]);
    const { open } = await enrollmentsOfPerson(dependencies, event);
    return endAll(dependencies, open, 'erased');
  },
  complete: async (dependencies, { workspace, contact }, command) => {
    const { clock, store } = dependencies;
    const ids = await idsOfPerson(dependencies, workspace, contact);
    await forget(dependencies, { workspace, ids });
    const isGone = await forgetHistories(dependencies, { workspace, ids });
    if (!isGone) return { isDone: false, againAt: clock.realNow() + leaseMs };
    const completion = untilLookedOver(clock, command);
    // No workflow of these contacts starts or runs any more.
    if (completion.isDone) await store.dataKeys.remove(ids);
    return completion;
  },
} satisfies CommandModule<'erase'>;

type Erased = Readonly<{ workspace: WorkspaceId; ids: readonly ContactId[] }>;

/**
 * Takes out everything personal that is stored about a contact. Decisions and their reasons stay.
 */
async function forget({ store }: IntakeDependencies, { workspace, ids }: Erased): Promise<void> {
  await store.events.erase(workspace, ids);
  await store.enrollments.erase(workspace, ids);
  await store.decisions.erase(workspace, ids);
  await store.consents.erase(workspace, ids);
  await store.messages.erase(workspace, ids);
  await store.idempotency.erase(workspace, ids);
}

/** Deletes the workflow histories of these contacts; false while one is still running. */
async function forgetHistories(
  { store, workflows }: IntakeDependencies,
  { workspace, ids }: Erased,
): Promise<boolean> {
  let isGone = true;
  for (const enrollment of await store.enrollments.idsOf(workspace, ids)) {
    if ((await workflows.remove(enrollment)) === 'running') isGone = false;
  }
  return isGone;
}
