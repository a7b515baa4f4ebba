import { exitNamesOf } from '../journeys/exits';
import type { SendFacts } from '../journeys/judge';
import { addressOf } from '../journeys/judge';
import type { Dependencies } from './dependencies';
import type { Sending } from './sending';

/** Reads all that a send depends on, from the primary: every event acknowledged before the claim is among them. */
export async function gatherFacts(
  { store }: Dependencies,
  { row, journey, step }: Sending,
): Promise<SendFacts> {
  const names = exitNamesOf(journey);
  const [fresh, contact, exitEvents] = await Promise.all([
    store.enrollments.find(row.workspace, row.id),
    store.contacts.findById(row.workspace, row.contact),
    names.length > 0 ? store.events.ofContact(row.workspace, row.contact, { names }) : [],
  ]);
  const channel = contact && step.channels.find((name) => addressOf(contact, name) !== undefined);
  const address = contact && channel && addressOf(contact, channel);
  const suppression =
    channel && address ? await store.suppressions.find(row.workspace, channel, address) : undefined;
  return {
    enrollment: fresh ?? row,
    exitEvents,
    ...(contact && { contact }),
    ...(suppression && { suppression: suppression.because }),
  };
}
