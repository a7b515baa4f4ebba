export const people = ['ada', 'ben'] as const;

/** What a shop tells of a contact. */
export type Happening = Readonly<{
  id: string;
  name: 'Cart Updated' | 'Order Completed' | 'Ping' | 'Page Viewed';
  who: string;
  cart: string;
  items: readonly string[];
  total: number;
  occurredAt: number;
  receivedAt: number;
}>;

/**
 * The rules that vary in a journey that waits for a ping. Carts above a total of zero enter it, by
 * cart.
 */
export type Rules = Readonly<{
  repeat: 'ignore' | 'refresh';
  again: 'never' | 'afterExit' | 'after two hours';
  /** Which orders are exits. */
  orders: 'of the cart' | 'of an item';
}>;

export type Row = {
  readonly who: string;
  readonly cart: string;
  readonly n: number;
  readonly first: Happening;
  newest: Happening;
  ended?: Readonly<{ as: string; by?: Happening }>;
  /** The ids of the events its workflow hears, in order. */
  readonly told: string[];
};

type Errand = Readonly<{ event: Happening; row: Row; isEntry?: true; isRepeat?: boolean }>;

const hour = 3_600_000;

/** What the rules say of routing, with lists in the place of a store. */
export class RoutingWorld {
  readonly rows: Row[] = [];
  private readonly stored: Happening[] = [];
  private readonly begun = new Map<Happening, readonly Errand[]>();

  constructor(private readonly rules: Rules) {}

  /** Events are received in order and then settled. A repeated id changes nothing. */
  take(batch: readonly Happening[]): void {
    const errands = batch.flatMap((event) => {
      if (this.stored.some(({ id }) => id === event.id)) return [];
      const found = this.route(event);
      this.stored.push(event);
      return found;
    });
    const missed = this.missedBy(errands, batch);
    const all = [...errands, ...missed].toSorted(
      (one, other) => one.event.receivedAt - other.event.receivedAt,
    );
    for (const errand of all) this.settle(errand);
  }

  /**
   * Looks at the rows and opens its own. Other events may come before `finish` stores and settles
   * it.
   */
  begin(event: Happening): void {
    this.begun.set(event, this.route(event));
  }

  /** Looks at the rows again: at those opened meanwhile, and whether its own is open still. */
  finish(event: Happening): void {
    const seen = this.begun.get(event) ?? [];
    this.stored.push(event);
    const opened = this.isListenedFor(event)
      ? this.openOf(event.who).filter((row) => !seen.some((errand) => errand.row === row))
      : [];
    const errands = [...seen, ...opened.map((row) => ({ event, row }))];
    const entered = seen.filter(({ isEntry, row }) => isEntry && !row.ended);
    const all = [...errands, ...this.missedBy(entered, [])].toSorted(
      (one, other) => one.event.receivedAt - other.event.receivedAt,
    );
    for (const errand of all) this.settle(errand);
  }

  /** The workflow of an enrollment is over. */
  complete({ who, cart }: Pick<Row, 'who' | 'cart'>): void {
    const row = this.openOf(who).find((one) => one.cart === cart);
    if (row) row.ended = { as: 'completed' };
  }

  private route(event: Happening): readonly Errand[] {
    const open = this.openOf(event.who);
    const listening = this.isListenedFor(event) ? open : [];
    const own = open.find(({ cart }) => cart === event.cart);
    if (event.name !== 'Cart Updated' || event.total <= 0 || own) {
      return listening.map((row) => ({ event, row, isRepeat: row === own }));
    }
    const told = listening.map((row) => ({ event, row }));
    return this.isRefused(event)
      ? told
      : [...told, { event, row: this.opened(event), isEntry: true }];
  }

  private isListenedFor({ name }: Happening): boolean {
    if (name === 'Cart Updated') return this.rules.repeat === 'refresh';
    return name !== 'Page Viewed';
  }

  private isRefused(event: Happening): boolean {
    const { again } = this.rules;
    const last = this.rows.findLast(({ who, cart }) => who === event.who && cart === event.cart);
    if (last && again === 'never') return true;
    if (last && this.isOutdated(event, last)) return true;
    if (
      last &&
      again === 'after two hours' &&
      event.occurredAt < last.first.occurredAt + 2 * hour
    ) {
      return true;
    }
    return this.exitFor({ who: event.who, first: event, newest: event }) !== undefined;
  }

  /** It is no newer than the end of the last one, or older than its newest entry. */
  private isOutdated(event: Happening, { ended, newest }: Row): boolean {
    if (ended?.by && event.occurredAt <= ended.by.occurredAt) return true;
    return event.occurredAt < newest.occurredAt;
  }

  private opened(event: Happening): Row {
    const { who, cart } = event;
    const n = this.rows.filter((row) => row.who === who && row.cart === cart).length + 1;
    const row: Row = { who, cart, n, first: event, newest: event, told: [] };
    this.rows.push(row);
    return row;
  }

  /** Rows opened behind an event's back, and what was stored before a row that hears it. */
  private missedBy(errands: readonly Errand[], batch: readonly Happening[]): readonly Errand[] {
    const opened = errands.filter(({ isEntry }) => isEntry).map(({ row }) => row);
    return opened.flatMap((row) =>
      this.stored
        .filter((event) => event.who === row.who && this.isListenedFor(event))
        .filter((event) => !errands.some((one) => one.event === event && one.row === row))
        .filter((event) => batch.includes(event) || this.isEarlierFor(row, event))
        .map((event) => ({ event, row })),
    );
  }

  private isEarlierFor(row: Row, event: Happening): boolean {
    const isAwaited = event.name === 'Ping' && event.occurredAt >= row.first.occurredAt;
    return isAwaited || this.isExit(row, event);
  }

  private settle({ event, row, isEntry, isRepeat }: Errand): void {
    if (isEntry) return;
    row.told.push(event.id);
    if (row.ended) return;
    if (this.isExit(row, event)) row.ended = { as: 'converted', by: event };
    else if (isRepeat) this.refresh(row, event);
  }

  private refresh(row: Row, event: Happening): void {
    const isRefresh = event.name === 'Cart Updated' && event.total > 0;
    if (!isRefresh || !isNewer(event, row.newest)) return;
    const by = this.exitFor({ ...row, newest: event });
    if (by) row.ended = { as: 'converted', by };
    else row.newest = event;
  }

  private exitFor(row: Pick<Row, 'who' | 'first' | 'newest'>): Happening | undefined {
    return this.stored
      .toSorted((one, other) => one.receivedAt - other.receivedAt)
      .find((event) => event.who === row.who && this.isExit(row, event));
  }

  private isExit({ first, newest }: Pick<Row, 'first' | 'newest'>, event: Happening): boolean {
    if (event.name !== 'Order Completed') return false;
    const isAbout =
      this.rules.orders === 'of the cart'
        ? event.cart === newest.cart
        : event.items.some((item) => newest.items.includes(item));
    const isInTime =
      event.occurredAt >= first.occurredAt || event.receivedAt >= first.receivedAt - hour;
    return isAbout && isInTime;
  }

  private openOf(who: string): readonly Row[] {
    return this.rows.filter((row) => row.who === who && !row.ended);
  }
}

/** Later by its own clock, else by its arrival. */
function isNewer(one: Happening, other: Happening): boolean {
  return (
    one.occurredAt > other.occurredAt ||
    (one.occurredAt === other.occurredAt && one.receivedAt > other.receivedAt)
  );
}
