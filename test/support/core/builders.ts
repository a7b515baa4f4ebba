import type { Event } from '../../../src/core/events/event';
import { contactId, eventId, eventKey } from '../../../src/core/ids';
import type { Journey } from '../../../src/core/journeys/journey';

/** A journey of one mail on `Cart Updated`; say only what matters. */
export function aJourney(facts: Partial<Journey> = {}): Journey {
  return {
    id: 'cart-recovery',
    name: 'Cart recovery',
    stage: 'decision',
    entry: { events: ['Cart Updated'], key: ['properties.cart_id'] },
    steps: [{ id: 'remind', kind: 'send', template: 'reminder', purpose: 'service' }],
    ...facts,
  };
}

type EventFacts = Readonly<
  Partial<Omit<Event, 'id' | 'key' | 'contact'> & { id: string; contact: string }>
>;

/**
 * A `Cart Updated`, received when it happened; say only what matters. Without an id, events of two
 * names are two events.
 */
export function anEvent({
  name = 'Cart Updated',
  id = name === 'Cart Updated' ? 'e1' : name,
  contact = 'c1',
  ...facts
}: EventFacts = {}): Event {
  const occurredAt = facts.occurredAt ?? Date.UTC(2026, 0, 15, 12);
  return {
    id: eventId(id),
    key: eventKey(`key-of-${id}`),
    name,
    contact: contactId(contact),
    receivedAt: occurredAt,
    properties: {},
    ...facts,
    occurredAt,
  };
}
