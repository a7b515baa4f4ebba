import { contactId, messageIdOf, stepId, templateId, type EnrollmentId } from '../../src/core/ids';
import type { ContactRef } from '../../src/core/contacts/contact';
import type { Enrollment } from '../../src/core/enrollments/enrollment';
import type { Store } from '../../src/store/store';
import { inLots } from './lots';
import { anEnrollment, anEvent, never } from './rows';
import { workspace, type Shop } from './shop';

/** Beside those that wait, this many have ended, are refused, or are set aside, in any house. */
const aside = 100;

/** Gives a shop so many people who wait, each with an event, a decision and a message. */
export async function fillHouse({ store }: Shop, count: number): Promise<void> {
  const from = Date.now() - 30 * 86_400_000;
  await inLots(count + aside, async (n) => {
    const place = { contact: contactId(`waits ${n}`), n, at: from + n * 20 };
    const isAside = n < aside;
    const enrollment = anEnrollment(place, isAside);
    const event = anEvent('Cart Updated', place);
    const dead = { ...event, status: 'dead', because: 'It cannot be encoded' } as const;
    await store.enrollments.open(enrollment, { nextAt: never });
    await store.events.insert(isAside ? dead : event, { nextAt: never });
    await record(store, enrollment, { n, isAside });
    if (isAside) {
      const rejection = { id: `r${n}`, at: place.at, source: 'segment', faults: [] };
      await store.rejections.record(workspace.id, rejection, never);
    }
  });
}

type Turn = Readonly<{ n: number; isAside: boolean }>;

/** A decision and a message of an enrollment. */
async function record(
  { decisions, messages }: Store,
  { id: enrollment, contact, journey, enteredBy: event, openedAt: at }: Enrollment,
  { n, isAside }: Turn,
): Promise<void> {
  const own = { id: `d${n}`, workspace: workspace.id, contact, journey, at };
  const step = stepId('remind');
  await decisions.record([
    isAside
      ? { ...own, kind: 'refused', because: 'limit', event }
      : { ...own, enrollment, kind: 'branched', step, because: 'otherwise' },
  ]);
  await messages.claim({
    id: messageIdOf(enrollment, step, 1),
    workspace: workspace.id,
    enrollment,
    contact,
    step,
    visit: 1,
    template: templateId('reminder'),
    purpose: 'service',
    channel: 'email',
    provider: 'growth',
    status: 'claimed',
    at,
  });
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
