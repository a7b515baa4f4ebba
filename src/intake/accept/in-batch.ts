import type { Workspace } from '../../core/workspaces/workspace';
import type { IntakeDependencies } from '../dependencies';
import type { Accept, Conflict, IncomingEvent, Receipt } from '../intake';
import type { Received } from './accept-incoming';

export type AcceptReceived = (
  workspace: Workspace,
  received: Received,
) => Promise<Receipt | Conflict>;

/**
 * Accepts the events of a batch in the order in which it is called. Events of one contact that can
 * start nothing are under way together. An event waits for those before it where it names another
 * contact, repeats an id or may start something; in the last case those after it wait for it.
 */
export function inOrder(
  { live, receivedNow }: Pick<IntakeDependencies, 'live' | 'receivedNow'>,
  accept: AcceptReceived,
): Accept {
  const underWay = new Set<Promise<unknown>>();
  const isFollower = createFollowing();
  let turn: Promise<unknown> = Promise.resolve();

  async function take(workspace: Workspace, received: Received) {
    const { incoming } = received;
    const journeys = await live.of(workspace.id);
    const mayOpen = journeys.some(({ entry }) => entry.events.includes(incoming.name));
    if (!isFollower(incoming) || mayOpen) await Promise.allSettled(underWay);
    const receipt = accept(workspace, received);
    underWay.add(receipt);
    const durable = receipt.finally(() => underWay.delete(receipt));
    if (mayOpen) await Promise.allSettled([durable]);
    return { durable };
  }

  return async (workspace, incoming) => {
    const received = { incoming, at: receivedNow() };
    const taken = turn.then(() => take(workspace, received));
    turn = taken.catch(() => undefined);
    return (await taken).durable;
  };
}

/** Says whether an event has a new id and the contact of the one before. */
function createFollowing(): (incoming: IncomingEvent) => boolean {
  const ids = new Set<string>();
  let last: string | undefined;
  return ({ id, contact }) => {
    const named = JSON.stringify(contact);
    const follows = named === last && (id === undefined || !ids.has(id));
    last = named;
    if (id !== undefined) ids.add(id);
    return follows;
  };
}

/** Shares the contact and the open enrollments among events that are under way together. */
export function askingOnce(dependencies: IntakeDependencies): IntakeDependencies {
  const { store } = dependencies;
  const { contacts, enrollments } = store;
  return {
    ...dependencies,
    store: {
      ...store,
      contacts: { ...contacts, resolve: once(contacts.resolve, 2) },
      enrollments: { ...enrollments, openOf: once(enrollments.openOf, 2) },
    },
  };
}

/** Calls with the same first `named` inputs share an answer under way. */
function once<Input extends readonly unknown[], Result>(
  ask: (...input: Input) => Promise<Result>,
  named: number,
): (...input: Input) => Promise<Result> {
  const underWay = new Map<string, Promise<Result>>();
  return (...input) => {
    const about = JSON.stringify(input.slice(0, named));
    const answer = underWay.get(about) ?? ask(...input).finally(() => underWay.delete(about));
    underWay.set(about, answer);
    return answer;
  };
}
