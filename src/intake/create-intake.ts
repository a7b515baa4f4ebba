import type { RecordedEvent } from '../core/events/recorded-event';
import { acceptIncoming } from './accept/accept-incoming';
import { enroll } from './accept/enroll';
import { askingOnce, inOrder, type AcceptReceived } from './accept/in-batch';
import { receiptOf } from './accept/receipt-of';
import { ask } from './commands/ask';
import { createContactQueue } from './contact-queue';
import type { IntakeDependencies } from './dependencies';
import type { Intake } from './intake';
import { settleOrLeave } from './settle/redrive';
import { replay } from './settle/replay';

/**
 * Builds the way in of one process. Events that it has acknowledged are settled in the background.
 */
export function createIntake(dependencies: IntakeDependencies): Intake {
  const queue = createContactQueue<RecordedEvent>((events) => settleOrLeave(dependencies, events));
  const settleSoon = (event: RecordedEvent) => {
    if (event.status === 'pending') queue.push(`${event.workspace}/${event.contact}`, event);
  };
  const accept = acceptingFor(dependencies, settleSoon);
  return {
    accept: (workspace, incoming) =>
      accept(workspace, { incoming, at: dependencies.receivedNow() }),
    batch: async (work) => {
      const waiting: RecordedEvent[] = [];
      const acceptLater = acceptingFor(askingOnce(dependencies), (event) => waiting.push(event));
      return work(inOrder(dependencies, acceptLater)).finally(() => {
        waiting.forEach(settleSoon);
      });
    },
    enroll: (workspace, request) => enroll(dependencies, { workspace, request, settleSoon }),
    ask: async (workspace, kind, request) => {
      const { answer, event } = await ask(dependencies, workspace, { kind, request });
      if (event) settleSoon(event);
      return answer;
    },
    replay: async (workspace, idOrKey) => {
      const answer = await replay(dependencies, workspace, idOrKey);
      if (answer.kind === 'revived') settleSoon(answer.event);
      return answer;
    },
    journeysChanged: (workspace) => {
      dependencies.live.forget(workspace);
    },
    drain: () => queue.idle(),
  };
}

function acceptingFor(
  dependencies: IntakeDependencies,
  onDurable: (event: RecordedEvent) => void,
): AcceptReceived {
  return async (workspace, received) => {
    const recorded = await acceptIncoming(dependencies, workspace, received);
    if (recorded.kind === 'conflict') return recorded;
    onDurable(recorded.event);
    return receiptOf(recorded);
  };
}
