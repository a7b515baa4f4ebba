import {
  enrollmentIdOf,
  eventId,
  eventKey,
  journeyId,
  stepId,
  type ContactId,
} from '../../src/core/ids';
import type { Enrollment } from '../../src/core/enrollments/enrollment';
import type { RoutedEvent } from '../../src/core/events/recorded-event';
import { journey, workspace } from './shop';

/** The farthest future: what is stored never falls due. */
export const never = 9_000_000_000_000;

/** The n-th row of a contact or a house. */
type Place = Readonly<{ contact: ContactId; n: number; at: number }>;

/** An event that is owed to nobody. */
export function anEvent(name: string, { contact, n, at }: Place): RoutedEvent {
  const id = `${contact} ${name} ${n}`;
  return {
    id: eventId(id),
    key: eventKey(id),
    workspace: workspace.id,
    fingerprint: id,
    name,
    contact,
    occurredAt: at,
    receivedAt: at,
    properties: { cart_id: `cart ${n}`, total: n, items: [{ sku: 'a', quantity: 1 }] },
    status: 'delivered',
    targets: [],
    refusals: [],
  };
}

/** An enrollment for the cart of that number, which waits or has ended. */
export function anEnrollment({ contact, n, at }: Place, isEnded: boolean): Enrollment {
  const parts = { journey: journeyId(journey.id), contact, tag: `t${n}`, n: 1 };
  const entry = anEvent('Cart Updated', { contact, n, at });
  const { key: event, name, properties } = entry;
  return {
    id: enrollmentIdOf(parts),
    workspace: workspace.id,
    contact,
    journey: parts.journey,
    version: 1,
    key: `cart ${n}`,
    n: 1,
    enteredBy: event,
    listens: ['Product Viewed', 'Order Completed', 'Cart Updated'],
    snapshot: { event, name, occurredAt: at, receivedAt: at, properties },
    firstEntryAt: at,
    openedAt: at,
    started: true,
    step: stepId(n % 2 === 0 ? 'look' : 'remind'),
    since: at,
    ...(isEnded && { ended: { as: 'converted', because: 'exit-event', at } }),
  };
}
