import { Counter, type Registry } from 'prom-client';
import type { Intake, Receive } from '../../intake/intake';

/** The same intake, counting what its answers were. */
export function countReceipts(intake: Intake, registry: Registry): Intake {
  const counter = new Counter({
    name: 'itinera_events_received_total',
    help: 'Events by what was answered: accepted, duplicate or conflict',
    labelNames: ['answer'],
    registers: [registry],
  });
  const counting = (receive: Receive): Receive => {
    return async (workspace, incoming) => {
      const receipt = await receive(workspace, incoming);
      counter.inc({ answer: receipt.kind });
      return receipt;
    };
  };
  return {
    ...intake,
    receive: counting(intake.receive),
    together: (work) => intake.together((receive) => work(counting(receive))),
  };
}
