import {
  contactId,
  enrollmentIdOf,
  eventId,
  eventKey,
  journeyId,
  messageIdOf,
  stepId,
  templateId,
  type EnrollmentId,
} from '../../src/core/ids';
import type { ContactRef } from '../../src/core/contacts/contact';
import type { RecordedEvent } from '../../src/core/events/recorded-event';
import { inLots } from './lots';
import { journey, workspace, type Shop } from './shop';

/** The farthest future: nothing of the house falls due. */
const never = 9_000_000_000_000;

/** Beside those that wait, this many have ended, are refused, or are set aside, in any house. */
const aside = 100;

/** Gives a shop so many people who wait, each with an event, a decision and a message. */
export async function fillHouse({ store }: Shop, count: number): Promise<void> {
  const from = Date.now() - 30 * 86_400_000;
  await inLots(count + aside, async (n) => {
    const at = from + n * 20;
    const contact = contactId(`waits ${n}`);
    const parts = { journey: journeyId(journey.id), contact, tag: `t${n}`, n: 1 };
    const enrollment = enrollmentIdOf(parts);
    const own = { workspace: workspace.id, contact, journey: parts.journey };
    const step = stepId(n % 2 === 0 ? 'look' : 'remind');
    const entry = eventKey(`entry ${n}`);
    const properties = { cart_id: `cart ${n}` };
    const snapshot = { event: entry, name: 'Cart Updated', occurredAt: at, receivedAt: at };
    await store.enrollments.open(
      {
        ...own,
        id: enrollment,
        version: 1,
        key: `cart ${n}`,
        n: 1,
        enteredBy: entry,
        listens: ['Product Viewed', 'Order Completed', 'Cart Updated'],
        snapshot: { ...snapshot, properties },
        firstEntryAt: at,
        openedAt: at,
        started: true,
        step,
        since: at,
        ...(n < aside && { ended: { as: 'converted', because: 'exit-event', at } }),
      },
      { nextAt: never },
    );
    await store.events.insert(eventOf(n, { contact, at, properties }), { nextAt: never });
    await store.decisions.record([
      n < aside
        ? { ...own, id: `d${n}`, at, kind: 'refused', because: 'limit', event: entry }
        : { ...own, id: `d${n}`, at, enrollment, kind: 'branched', step, because: 'otherwise' },
    ]);
    await store.messages.claim({
      ...messageOf(enrollment, n),
      contact,
      workspace: workspace.id,
      at,
    });
    if (n < aside) {
      const rejection = { id: `r${n}`, at, source: 'segment', faults: [] };
      await store.rejections.record(workspace.id, rejection, never);
    }
  });
}

type Arrival = Pick<RecordedEvent, 'contact' | 'properties'> & Readonly<{ at: number }>;

function eventOf(n: number, { contact, at, properties }: Arrival): RecordedEvent {
  const event = {
    id: eventId(`entry ${n}`),
    key: eventKey(`entry ${n}`),
    workspace: workspace.id,
    fingerprint: `${n}`,
    name: 'Cart Updated',
    contact,
    occurredAt: at,
    receivedAt: at,
    properties,
    targets: [],
    refusals: [],
  };
  if (n >= aside) return { ...event, status: 'delivered' };
  return { ...event, status: 'dead', because: 'It cannot be encoded' };
}

function messageOf(enrollment: EnrollmentId, n: number) {
  const step = stepId('remind');
  return {
    id: messageIdOf(enrollment, step, n),
    enrollment,
    step,
    visit: n,
    template: templateId('reminder'),
    purpose: 'service',
    channel: 'email',
    provider: 'growth',
    status: 'claimed',
  } as const;
}

/** A real person among them, with a cart that waits. */
export type Resident = Readonly<{ ref: ContactRef; cart: string; enrollment: EnrollmentId }>;

export async function personIn({ tell }: Shop, userId: string): Promise<Resident> {
  const email = `${userId.replaceAll(' ', '.')}@shop.example`;
  const cart = `cart of ${userId}`;
  const entry = { name: 'Cart Updated', properties: { cart_id: cart } };
  const { enrollments } = await tell({ ...entry, contact: { userId, email } });
  const [entered] = enrollments;
  if (!entered) throw new Error(`${userId} has not entered`);
  return { ref: { userId }, cart, enrollment: entered.id };
}
