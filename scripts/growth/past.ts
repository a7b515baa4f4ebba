import type { ContactId, EnrollmentId } from '../../src/core/ids';
import { inLots } from './lots';
import { compare, type Comparison, type Row, type Wishes } from './measure';
import { anEnrollment, anEvent, never } from './rows';
import type { Server } from './server';
import { openShop, workspace, type Shop } from './shop';

/** The sorts of a past: events by what the journey makes of them, and ended enrollments. */
const sorts = [
  { sort: 'unheard events', name: 'Page Viewed' },
  { sort: 'heard events', name: 'Product Viewed' },
  { sort: 'exits', name: 'Order Completed' },
  { sort: 'ended enrollments', name: undefined },
] as const;

/** A contact with much of one sort in its past against one without any. */
export async function measurePast(
  server: Server,
  wishes: Wishes & Readonly<{ events: number }>,
): Promise<readonly Row[]> {
  const shop = await openShop(server);
  try {
    const rows: Row[] = [];
    for (const sort of sorts) rows.push(...(await measureSort(shop, sort, wishes)));
    return rows;
  } finally {
    await shop.close();
  }
}

async function measureSort(
  shop: Shop,
  { sort, name }: (typeof sorts)[number],
  { events, ...wishes }: Wishes & Readonly<{ events: number }>,
): Promise<readonly Row[]> {
  const old = await personOf(shop, `old ${sort}`);
  const fresh = await personOf(shop, `new ${sort}`);
  await fill(shop, old, { name, events });
  const rows: Row[] = [];
  for (const comparison of comparisonsOf(shop, { old, fresh, many: `${events} ${sort}` })) {
    rows.push(await compare(comparison, wishes));
  }
  for (const person of [old, fresh]) await refuseIdle(shop, person);
  return rows;
}

/** A comparison says nothing where no message went out and no cart was bought. */
async function refuseIdle(
  { store, sent }: Shop,
  { id: contact, enrollment }: Person,
): Promise<void> {
  const ended = { contact, status: 'ended' } as const;
  const { data } = await store.enrollments.list(workspace.id, ended, { limit: 1 });
  if ((await sent(enrollment)) > 0 && data.length > 0) return;
  throw new Error('No message passed the gate, or no exit ended an enrollment');
}

/** A shopper with a cart that waits. */
type Person = Readonly<{ userId: string; id: ContactId; enrollment: EnrollmentId }>;

async function personOf({ tell }: Shop, userId: string): Promise<Person> {
  const contact = { userId, email: `${userId.replaceAll(' ', '.')}@shop.example` };
  const receipt = await tell({ name: 'Cart Updated', contact, properties: { cart_id: 'open' } });
  const [enrollment] = receipt.enrollments;
  if (!enrollment) throw new Error(`${userId} has not entered`);
  return { userId, id: receipt.contact, enrollment: enrollment.id };
}

const day = 86_400_000;

/** Over a year, until two months ago: nothing of it can still end an enrollment. */
async function fill(
  { store }: Shop,
  { id: contact }: Person,
  { name, events }: Readonly<{ name: string | undefined; events: number }>,
): Promise<void> {
  const from = Date.now() - 390 * day;
  const apart = (330 * day) / events;
  await inLots(events, (n) => {
    const place = { contact, n, at: Math.floor(from + n * apart) };
    return name === undefined
      ? store.enrollments.open(anEnrollment(place, true), { nextAt: never })
      : store.events.insert(anEvent(name, place), { nextAt: never });
  });
}

type Sides = Readonly<{ old: Person; fresh: Person; many: string }>;

function comparisonsOf(shop: Shop, { old, fresh, many }: Sides): readonly Comparison[] {
  const { enrollments, timeline } = shop.store;
  const page = { limit: 20 };
  const both = (call: (person: Person, n: number) => Promise<unknown>) => ({
    much: (n: number) => call(old, n),
    little: (n: number) => call(fresh, n),
  });
  const told = (person: Person, name: string, cart_id: string) =>
    shop.tell({ name, contact: { userId: person.userId }, properties: { cart_id } });
  const entryAndExit = async (person: Person, n: number) => {
    await told(person, 'Cart Updated', `next ${n}`);
    await told(person, 'Order Completed', `next ${n}`);
  };
  return [
    { what: `accept, ${many}`, ...both((person, n) => told(person, 'Page Viewed', `page ${n}`)) },
    { what: `tell, ${many}`, ...both((person, n) => told(person, 'Product Viewed', `look ${n}`)) },
    { what: `refresh, ${many}`, ...both((person) => told(person, 'Cart Updated', 'open')) },
    { what: `gate, ${many}`, ...both((person, n) => shop.send(person.enrollment, n + 1)) },
    { what: `entry and exit, ${many}`, ...both(entryAndExit) },
    {
      what: `timeline, ${many}`,
      ...both(({ id }) => timeline.ofContact(workspace.id, [id], page)),
    },
    {
      what: `enrollments, ${many}`,
      ...both(({ id: contact }) => enrollments.list(workspace.id, { contact }, page)),
    },
  ];
}
