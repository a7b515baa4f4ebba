import fc from 'fast-check';
import { noon, testIntake } from '../support/intake';
import { divisionsOf, interleavingsOf, ordersOf, type Half } from '../support/orders';
import {
  completeAt,
  foretold,
  foundIn,
  inEssence,
  journeyOf,
  takeIn,
} from '../support/routing-shop';
import { people, RoutingWorld, type Happening, type Rules } from '../support/routing-world';
import { openTestStore, type TestStore } from '../support/store';

const minute = 60_000;

/** A slow machine tries fewer. */
const bounds = { numRuns: 50, interruptAfterTimeLimit: 5_500 };

type Race = Readonly<{ past: readonly Happening[]; racing: readonly Happening[] }>;
type Essence = ReturnType<typeof inEssence>;
type Step =
  | Readonly<{ kind: 'take'; batch: readonly Happening[]; byTwin: boolean }>
  | Readonly<{ kind: 'complete'; who: string; cart: string }>;

const who = fc.constantFrom(...people);
const cart = fc.constantFrom('a', 'b');
const what = fc.record({
  name: fc.oneof(
    { arbitrary: fc.constant('Cart Updated' as const), weight: 5 },
    { arbitrary: fc.constant('Order Completed' as const), weight: 3 },
    { arbitrary: fc.constantFrom('Ping' as const, 'Page Viewed' as const), weight: 2 },
  ),
  who,
  cart,
  items: fc.constantFrom(['x'], ['y'], ['x', 'y']),
  total: fc.constantFrom(20, 20, 20, 20, 20, 20, 20, 0),
});
/**
 * Places an event in time: `afterMs` between the two receipts, `ageMs` at its receipt. A tie
 * happens at the instant of the event before.
 */
const when = fc.record({
  afterMs: fc.constantFrom(1, minute, 10 * minute, 61 * minute),
  ageMs: fc.constantFrom(0, 0, 0, 0, 1, minute, 30 * minute, 90 * minute, 300 * minute),
  isTie: fc.constantFrom(false, false, false, true),
});
/** Some come again under the id they had; many are about one cart, where most rules meet. */
const drawn = fc.record({
  what: fc.oneof(
    { arbitrary: what, weight: 1 },
    {
      weight: 6,
      arbitrary: what.map((one) => ({ ...one, who: 'ada' as const, cart: 'a' as const })),
    },
  ),
  when,
  copyOf: fc.option(fc.nat(7), { freq: 8 }),
});

type Drawn = typeof drawn extends fc.Arbitrary<infer One> ? One : never;

const rules: fc.Arbitrary<Rules> = fc.record({
  repeat: fc.constantFrom('refresh', 'refresh', 'refresh', 'ignore'),
  again: fc.constantFrom('afterExit', 'afterExit', 'never', 'after two hours'),
  orders: fc.constantFrom('of the cart', 'of an item', 'of an item'),
});

function takes(minLength: number, maxLength: number) {
  const batch = fc.array(drawn, { minLength, maxLength });
  return fc.record({ kind: fc.constant('take' as const), batch, byTwin: fc.boolean() });
}

const script = fc
  .array(
    fc.oneof(
      { arbitrary: takes(1, 1), weight: 7 },
      { arbitrary: takes(2, 5), weight: 2 },
      { arbitrary: fc.record({ kind: fc.constant('complete' as const), who, cart }), weight: 1 },
    ),
    { minLength: 3, maxLength: 9 },
  )
  .map((steps): readonly Step[] => {
    const happen = happening();
    return steps.map((step) =>
      step.kind === 'take' ? { ...step, batch: step.batch.map(happen) } : step,
    );
  });

/** No two are received at the same instant, so that there is one order of receipt. */
function happening() {
  const all: Happening[] = [];
  let receivedAt = noon;
  return ({ what, when, copyOf }: Drawn) => {
    receivedAt += when.afterMs;
    const before = when.isTie ? all.at(-1) : undefined;
    const occurredAt = before?.occurredAt ?? receivedAt - when.ageMs;
    const fresh = { ...what, id: `e${all.length}`, receivedAt, occurredAt };
    const copied = copyOf === null ? undefined : all[copyOf];
    const happened = copied ? { ...copied, receivedAt } : fresh;
    all.push(happened);
    return happened;
  };
}

/** A past, and what then happens to one cart in two processes at once. */
const race = fc
  .record({
    past: fc.array(drawn, { maxLength: 3 }),
    racing: fc.array(drawn, { minLength: 2, maxLength: 3 }),
  })
  .map(({ past, racing }): Race => {
    const happen = happening();
    const happened = [...past, ...racing].map((one) => ({
      ...happen({ ...one, copyOf: null }),
      who: 'ada',
    }));
    return { past: happened.slice(0, past.length), racing: happened.slice(past.length) };
  });

describe('routing', () => {
  let opened: TestStore;

  beforeAll(async () => {
    opened = await openTestStore();
  });
  afterAll(() => opened.close());

  it('is what the rules say, after any events in two processes', async () => {
    await fc.assert(
      fc.asyncProperty(rules, script, async (rules, script) => {
        const shop = testIntake(opened.store);
        const twin = shop.twin();
        const world = new RoutingWorld(rules);
        await shop.publish(journeyOf(rules));

        for (const step of script) {
          if (step.kind === 'complete') await completeAt(shop, step);
          else await takeIn(step.byTwin ? twin : shop, step.batch);
        }
        for (const step of script) {
          if (step.kind === 'complete') world.complete(step);
          else world.take(step.batch);
        }

        const happened = script.flatMap((step) => (step.kind === 'take' ? step.batch : []));
        expect(await foundIn(shop, happened)).toEqual(foretold(world));
        expect([...shop.troubles, ...twin.troubles]).toEqual([]);
      }),
      bounds,
    );
  });

  it('comes to what some order of the events comes to, where they race each other', async () => {
    await fc.assert(
      fc.asyncProperty(rules, race, async (rules, raced) => {
        const found = await foundAfter(rules, raced);

        const settled = ordersOf(raced.racing).flatMap(divisionsOf);
        const worlds = [
          ...settled.map((batches) => foretoldAfter(rules, raced, batches)),
          ...interleavingsOf(raced.racing).map((halves) => foretoldThrough(rules, raced, halves)),
        ];
        expect(worlds).toContainEqual(found);
      }),
      bounds,
    );
  });

  it('decides a race as if one event had come after the other, where orders are of a cart', async () => {
    const ofCarts = rules.map((rules) => ({ ...rules, orders: 'of the cart' as const }));
    await fc.assert(
      fc.asyncProperty(ofCarts, race, async (rules, raced) => {
        const found = await foundAfter(rules, raced);

        const worlds = ordersOf(raced.racing).map((order) => order.map((one) => [one]));
        expect(
          worlds.map((batches) => rowsOf(foretoldAfter(rules, raced, batches))),
        ).toContainEqual(rowsOf(found));
      }),
      bounds,
    );
  });

  async function foundAfter(rules: Rules, { past, racing }: Race): Promise<Essence> {
    const shop = testIntake(opened.store);
    const twin = shop.twin();
    await shop.publish(journeyOf(rules));
    for (const happened of past) await takeIn(shop, [happened]);
    await Promise.all(racing.map((one, n) => takeIn(n % 2 === 0 ? shop : twin, [one])));
    expect([...shop.troubles, ...twin.troubles]).toEqual([]);
    const happened = [...past, ...racing];
    return inEssence(await foundIn(shop, happened), happened);
  }
});

function foretoldAfter(
  rules: Rules,
  { past, racing }: Race,
  batches: readonly (readonly Happening[])[],
): Essence {
  const world = new RoutingWorld(rules);
  for (const batch of [...past.map((one) => [one]), ...batches]) world.take(batch);
  return inEssence(foretold(world), [...past, ...racing]);
}

function foretoldThrough(
  rules: Rules,
  { past, racing }: Race,
  halves: readonly Half<Happening>[],
): Essence {
  const world = new RoutingWorld(rules);
  for (const happened of past) world.take([happened]);
  for (const { kind, item } of halves) world[kind](item);
  return inEssence(foretold(world), [...past, ...racing]);
}

function rowsOf(essence: Essence) {
  return essence.map(({ told: _told, ...enrollment }) => enrollment);
}
