import { Counter, type Registry } from 'prom-client';
import type { Intake, Accept } from '../../intake/intake';

/** The same intake, counting what its answers were. */
export function countReceipts(intake: Intake, registry: Registry): Intake {
  const counter = new Counter({
    name: 'itinera_events_received_total',
    help: 'Events by what was answered: accepted, duplicate or conflict',
    labelNames: ['answer'],
    registers: [registry],
  });
  const counting = (accept: Accept): Accept => {
    return async (workspace, incoming) => {
      const receipt = await accept(workspace, incoming);
      counter.inc({ answer: receipt.kind });
      return receipt;
    };
  };
  return {
    ...intake,
    accept: counting(intake.accept),
    batch: (work) => intake.batch((accept) => work(counting(accept))),
  };
}
