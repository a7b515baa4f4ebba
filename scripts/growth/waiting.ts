import { compare, type Comparison, type Row, type Wishes } from './measure';
import { fillHouse, personIn } from './house';
import type { Server } from './server';
import { journey, openShop, workspace, type Shop } from './shop';
import { contactId, journeyId, stepId } from '../../src/core/ids';
import type { PageRequest } from '../../src/store/mongo/page';

/** A house in which many wait against one in which few do. */
export async function measureWaiting(
  server: Server,
  { many, few, ...wishes }: Wishes & Readonly<{ many: number; few: number }>,
): Promise<readonly Row[]> {
  const [full, quiet] = [await openShop(server), await openShop(server)];
  try {
    await fillHouse(full, many);
    await fillHouse(quiet, few);
    const rows: Row[] = [];
    for (const { what, call } of calls) {
      const [much, little] = [await call(full), await call(quiet)];
      const comparison: Comparison = { what: `${what}, ${many} waiting`, much, little };
      rows.push(await compare(comparison, wishes));
    }
    return rows;
  } finally {
    await full.close();
    await quiet.close();
  }
}

type Named = Readonly<{
  what: string;
  call: (shop: Shop) => Promise<(n: number) => Promise<unknown>>;
}>;

const { id } = workspace;
const open = { journey: journeyId(journey.id), status: 'open' } as const;

type Listed = (request: PageRequest) => Promise<Readonly<{ nextCursor?: string }>>;

/** A page in the middle of a list, since the first is the easiest. */
const page = (what: string, list: (shop: Shop) => Listed): Named => ({
  what: `a page of ${what}`,
  call: async (shop) => {
    let cursor: string | undefined;
    for (let pages = 0; pages < 3; pages += 1) {
      const { nextCursor } = await list(shop)({ limit: 20, cursor });
      if (nextCursor === undefined) break;
      cursor = nextCursor;
    }
    return () => list(shop)({ limit: 20, cursor });
  },
});

/** Intake and gate, then every list, then what runs by the clock. */
const calls: readonly Named[] = [
  {
    what: 'accept, unheard',
    call: async (shop) => {
      const contact = await personIn(shop, 'looks');
      return () => shop.tell({ name: 'Page Viewed', contact: contact.ref });
    },
  },
  {
    what: 'accept, entry',
    call: (shop) =>
      Promise.resolve((n) =>
        shop.tell({
          name: 'Cart Updated',
          contact: { userId: `enters ${n}` },
          properties: { cart_id: `entry ${n}` },
        }),
      ),
  },
  {
    what: 'entry and exit',
    call: async (shop) => {
      const { ref: contact } = await personIn(shop, 'buys');
      return async (n) => {
        const bought = { contact, properties: { cart_id: `next ${n}` } };
        await shop.tell({ name: 'Cart Updated', ...bought });
        await shop.tell({ name: 'Order Completed', ...bought });
      };
    },
  },
  {
    what: 'refresh',
    call: async (shop) => {
      const { ref, cart } = await personIn(shop, 'refreshes');
      return () => shop.tell({ name: 'Cart Updated', contact: ref, properties: { cart_id: cart } });
    },
  },
  {
    what: 'gate',
    call: async (shop) => {
      const { enrollment } = await personIn(shop, 'is sent to');
      return (n) => shop.send(enrollment, n + 1);
    },
  },
  page(
    'enrollments',
    ({ store }) =>
      (request) =>
        store.enrollments.list(id, {}, request),
  ),
  page(
    'enrollments by status',
    ({ store }) =>
      (request) =>
        store.enrollments.list(id, { status: 'ended' }, request),
  ),
  page(
    'enrollments by journey and status',
    ({ store }) =>
      (request) =>
        store.enrollments.list(id, open, request),
  ),
  page(
    'enrollments by step',
    ({ store }) =>
      (request) =>
        store.enrollments.list(id, { ...open, step: stepId('remind') }, request),
  ),
  page(
    'enrollments by contact',
    ({ store }) =>
      (request) =>
        store.enrollments.list(id, { contact: contactId('waits 7') }, request),
  ),
  page(
    'enrollments by key',
    ({ store }) =>
      (request) =>
        store.enrollments.list(id, { key: 'cart 7' }, request),
  ),
  page(
    'events',
    ({ store }) =>
      (request) =>
        store.events.list(id, {}, request),
  ),
  page(
    'events set aside',
    ({ store }) =>
      (request) =>
        store.events.list(id, { status: 'dead' }, request),
  ),
  page(
    'messages',
    ({ store }) =>
      (request) =>
        store.messages.list(id, {}, request),
  ),
  page(
    'messages by status',
    ({ store }) =>
      (request) =>
        store.messages.list(id, { status: 'claimed' }, request),
  ),
  page(
    'refusals',
    ({ store }) =>
      (request) =>
        store.decisions.refusals(id, request),
  ),
  page(
    'a timeline',
    ({ store }) =>
      (request) =>
        store.timeline.ofContact(id, [contactId('waits 7')], request),
  ),
  page(
    'rejections',
    ({ store }) =>
      (request) =>
        store.rejections.list(id, request),
  ),
  {
    what: 'a sweep with nothing to do',
    call: ({ store }) =>
      Promise.resolve(() => store.enrollments.claimStarted({ now: 0, leaseMs: 1, limit: 100 })),
  },
  {
    what: 'a re-drive with nothing to do',
    call: ({ store }) =>
      Promise.resolve(async () => {
        await store.enrollments.claimUnstarted({ now: 0, leaseMs: 1, limit: 100 });
        await store.events.claimPending({ now: 0, leaseMs: 1, limit: 100 });
      }),
  },
  {
    what: 'the backlog',
    call: ({ store }) => Promise.resolve(() => store.events.backlog(100_000)),
  },
];
