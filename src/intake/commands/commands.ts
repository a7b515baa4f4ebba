import { assertNever } from '../../core/assert-never';
import { erased, merged } from '../../core/decisions/decisions';
import type { ContactId, WorkspaceId } from '../../core/ids';
import type { Command, RecordedEvent } from '../../core/events/recorded-event';
import { leaseMs, type IntakeDependencies } from '../dependencies';
import { storeEngineEvent } from './engine-event';
import { forgetHistories } from './forget';
import { idsOfPerson } from '../person';

/** Longer than a request may last that has read the contact before, in real milliseconds. */
const graceMs = 30_000;

/**
 * Makes two contacts one. The event that asks for it is stored first, so that a crash anywhere leaves nothing half done for
 * long. Answers that event, which is still to be settled; undefined where there is nothing to merge.
 */
export async function merge(
  dependencies: IntakeDependencies,
  workspace: WorkspaceId,
  pair: readonly [ContactId, ContactId],
): Promise<RecordedEvent | undefined> {
  const { store, clock } = dependencies;
  const planned = await store.contacts.wouldMerge(workspace, pair);
  if (!planned) return undefined;
  const { survivor, merged } = planned;
  const event = await storeEngineEvent(dependencies, {
    id: `merge:${merged}:${survivor}`,
    name: 'Contact Merged',
    workspace,
    contact: survivor,
    command: { kind: 'merge', other: merged, lookAgainAt: clock.realNow() + graceMs },
  });
  await store.contacts.merge(workspace, [survivor, merged], clock.now());
  return event;
}

/** Erases a contact, in the same order as `merge`: asked for durably, then done, then settled. */
export async function erase(
  dependencies: IntakeDependencies,
  workspace: WorkspaceId,
  contact: ContactId,
): Promise<RecordedEvent> {
  const { store, clock } = dependencies;
  const event = await storeEngineEvent(dependencies, {
    id: `erase:${contact}`,
    name: 'Contact Erased',
    workspace,
    contact,
    command: { kind: 'erase', lookAgainAt: clock.realNow() + graceMs },
  });
  await store.contacts.erase(workspace, contact, clock.now());
  return event;
}

/** Does what an event commands, or completes it, and records it. A repeat changes nothing. */
export async function obey(dependencies: IntakeDependencies, event: RecordedEvent): Promise<void> {
  const { command } = event;
  switch (command?.kind) {
    case undefined:
      return;
    case 'merge':
      return obeyMerge(dependencies, event, command);
    case 'erase':
      return obeyErase(dependencies, event);
    default:
      assertNever(command);
  }
}

async function obeyMerge(
  { store, clock }: IntakeDependencies,
  event: RecordedEvent,
  { other }: Extract<Command, { kind: 'merge' }>,
): Promise<void> {
  const { workspace, contact } = event;
  const merges = await store.contacts.merge(workspace, [contact, other], clock.now());
  await store.decisions.record(merges.map((pair) => merged(event, pair)));
}

async function obeyErase(
  { store, clock }: IntakeDependencies,
  event: RecordedEvent,
): Promise<void> {
  await store.contacts.erase(event.workspace, event.contact, clock.now());
  await store.decisions.record([erased(event)]);
}

/**
 * True where a command has been carried out to its end. Otherwise it comes again: when everything that was under way has
 * been stored, and when the workflows of an erased contact have closed.
 */
export async function isCarriedOut(
  dependencies: IntakeDependencies,
  { workspace, contact, key, command }: RecordedEvent,
): Promise<boolean> {
  if (!command) return true;
  const { store, clock } = dependencies;
  const isGone =
    command.kind === 'merge' || (await areHistoriesGone(dependencies, workspace, contact));
  if (isGone && clock.realNow() >= command.lookAgainAt) return true;
  const nextAt = isGone ? command.lookAgainAt : clock.realNow() + leaseMs;
  await store.events.postpone(workspace, key, { nextAt, attempts: 0 });
  return false;
}

async function areHistoriesGone(
  dependencies: IntakeDependencies,
  workspace: WorkspaceId,
  contact: ContactId,
): Promise<boolean> {
  const ids = await idsOfPerson(dependencies, workspace, contact);
  return forgetHistories(dependencies, { workspace, ids });
}
