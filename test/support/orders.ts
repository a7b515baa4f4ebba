export function ordersOf<Item>(items: readonly Item[]): readonly (readonly Item[])[] {
  if (items.length === 0) return [[]];
  return items.flatMap((first) =>
    ordersOf(items.filter((item) => item !== first)).map((rest) => [first, ...rest]),
  );
}

/** Every way to settle them: one by one, or neighbors together. */
export function divisionsOf<Item>(
  items: readonly Item[],
): readonly (readonly (readonly Item[])[])[] {
  const [first, ...others] = items;
  if (first === undefined) return [[]];
  return divisionsOf(others).flatMap(([next = [], ...rest]) => {
    const alone = [[first], ...(next.length > 0 ? [next] : []), ...rest];
    return next.length > 0 ? [alone, [[first, ...next], ...rest]] : [alone];
  });
}

/** An event is taken in by two halves, and others may come between them. */
export type Half<Item> = Readonly<{ kind: 'begin' | 'finish'; item: Item }>;

/** Every order of their beginnings and ends, each beginning before its end. */
export function interleavingsOf<Item>(
  waiting: readonly Item[],
  begun: readonly Item[] = [],
): readonly (readonly Half<Item>[])[] {
  if (waiting.length + begun.length === 0) return [[]];
  const without = (items: readonly Item[], item: Item) => items.filter((other) => other !== item);
  return [
    ...waiting.flatMap((item) =>
      interleavingsOf(without(waiting, item), [...begun, item]).map((rest) => [
        { kind: 'begin', item } as const,
        ...rest,
      ]),
    ),
    ...begun.flatMap((item) =>
      interleavingsOf(waiting, without(begun, item)).map((rest) => [
        { kind: 'finish', item } as const,
        ...rest,
      ]),
    ),
  ];
}
