import type { Meaning } from '../../connectors/connector';
import { assertNever } from '../../core/assert-never';
import { ignored } from '../../core/decisions/decisions';
import { reusedId } from '../../core/decisions/reasons';
import type { SenderRights } from '../../core/contacts/change-by-sender';
import type { Fault } from '../../core/domain-error';
import { eventId, type ContactId, type WorkspaceId } from '../../core/ids';
import type { AddressBook } from '../../core/messages/route';
import type { Clock } from '../../core/time/clock';
import type { Workspace } from '../../core/workspaces/workspace';
import type { Accept, Intake } from '../../intake/intake';
import type { Store } from '../../store/store';
import { alias, identify } from '../contacts/merge-contacts';
import { rejectMessage } from './reject-message';
import { faultOfWithheld, twoUsers } from './withheld-faults';

type Dependencies = Readonly<{
  store: Pick<Store, 'contacts' | 'events' | 'decisions' | 'rejections' | 'suppressions'>;
  intake: Pick<Intake, 'ask'>;
  clock: Pick<Clock, 'now' | 'realNow'>;
  newContactId: () => ContactId;
  /** Tells the address of a contact in each channel. */
  channels: AddressBook;
}>;

/**
 * For whom a meaning is taken in, and by which batch of the intake. `source` is the kind of the
 * connector.
 */
type Taking = Readonly<{
  workspace: Workspace;
  accept: Accept;
  source: string;
  rights: SenderRights;
}>;

/**
 * Takes in what a foreign message means. It is durable when this resolves; the same meaning again
 * changes nothing, provided its event has an id. A part that its sender may not change stands among
 * the rejections. Throws `unavailable` where the store is away.
 */
export async function takeMeaning(
  dependencies: Dependencies,
  { workspace, accept, source, rights }: Taking,
  meaning: Meaning,
): Promise<void> {
  const { store, intake, channels, clock, newContactId } = dependencies;
  const merging = { store, intake, channels, now: clock.now(), newContactId, rights };
  const refused = { workspace: workspace.id, source };
  switch (meaning.kind) {
    case 'event': {
      const receipt = await accept(workspace, meaning.event);
      if (receipt.kind === 'conflict') return recordConflict(dependencies, workspace, receipt.id);
      const { key, contact } = receipt;
      const event = { key, contact, workspace: workspace.id };
      if (meaning.refused)
        await store.decisions.record([ignored(event, meaning.refused, clock.now())]);
      return;
    }
    case 'contact': {
      const { contact, change } = meaning;
      const consentSource = `connector:${source}` as const;
      const identification = { contact, change: { ...change, consentSource } };
      return reject(
        dependencies,
        refused,
        (await identify(merging, workspace.id, identification)).map(faultOfWithheld),
      );
    }
    case 'alias': {
      const isDone = await alias(merging, workspace.id, meaning);
      return reject(dependencies, refused, isDone ? [] : [twoUsers]);
    }
    default:
      return assertNever(meaning);
  }
}

async function reject(
  dependencies: Dependencies,
  refused: Readonly<{ workspace: WorkspaceId; source: string }>,
  faults: readonly Fault[],
): Promise<void> {
  if (faults.length > 0) await rejectMessage(dependencies, { ...refused, faults });
}

/**
 * Records a repeated id with other content among the refusals. It changes nothing else: most
 * senders have no answer for it, and would repeat a refused event for ever.
 */
async function recordConflict(
  { store, clock }: Pick<Dependencies, 'store' | 'clock'>,
  workspace: Workspace,
  id: string,
): Promise<void> {
  const event = await store.events.find(workspace.id, eventId(id));
  if (!event) return;
  await store.decisions.record([ignored(event, reusedId, clock.now())]);
}
