import type { Receipt } from '../intake';
import type { Recorded } from './accept-event';

/** The answer to an event: its effects as they stood when it was first recorded. */
export function receiptOf({ kind, event }: Recorded): Receipt {
  const { id, key, contact, targets, refusals, restamped, history, unrouted } = event;
  return {
    kind: kind === 'recorded' ? 'accepted' : 'duplicate',
    id,
    key,
    contact,
    enrollments: targets.map(({ enrollment, effect }) => ({ id: enrollment, effect: effect.kind })),
    refusals,
    ...(restamped && { restamped }),
    ...(history && { history }),
    ...(unrouted && { unrouted }),
  };
}
