/** The calls of each side that count, and the greatest ratio that passes. */
export type Wishes = Readonly<{ calls: number; most: number }>;

/** One call; `n` counts the calls of its side. */
type Call = (n: number) => Promise<unknown>;

/** The same call with much stored and with little. */
export type Comparison = Readonly<{ what: string; much: Call; little: Call }>;

/** Lower quartiles of both sides, in milliseconds: other load only adds. */
export type Row = Readonly<{ what: string; muchMs: number; littleMs: number; ratio: number }>;

const mostTries = 3;

/** Compares again what misses: other load seldom meets one side alone three times. */
export async function compare(comparison: Comparison, wishes: Wishes): Promise<Row> {
  let from = 0;
  for (let tries = 1; ; tries += 1) {
    const row = await measure(comparison, { from, calls: wishes.calls });
    if (row.ratio <= wishes.most || tries === mostTries) return row;
    from += 2 * wishes.calls;
  }
}

/** Calls both sides in turn, each first as often as the other. The first calls warm up. */
async function measure(
  { what, much, little }: Comparison,
  { from, calls }: Readonly<{ from: number; calls: number }>,
): Promise<Row> {
  const warming = Math.ceil(calls / 5);
  const took: Readonly<Record<'much' | 'little', number[]>> = { much: [], little: [] };
  const sides = [
    { call: much, into: took.much },
    { call: little, into: took.little },
  ];
  for (let n = 0; n < warming + calls; n += 1) {
    for (const { call, into } of n % 2 === 0 ? sides : sides.toReversed()) {
      const ms = await timed(call, from + n);
      if (n >= warming) into.push(ms);
    }
  }
  const [muchMs, littleMs] = [quartileOf(took.much), quartileOf(took.little)];
  return { what, muchMs, littleMs, ratio: muchMs / littleMs };
}

async function timed(call: Call, n: number): Promise<number> {
  const began = performance.now();
  await call(n);
  return performance.now() - began;
}

function quartileOf(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 4)] ?? Number.NaN;
}

export function tableOf(rows: readonly Row[], { most }: Wishes): readonly string[] {
  const lines = rows.map(({ what, muchMs, littleMs, ratio }) => {
    const verdict = ratio <= most ? 'met' : 'missed';
    return `| ${[what, muchMs.toFixed(2), littleMs.toFixed(2), ratio.toFixed(2), verdict].join(' | ')} |`;
  });
  return ['| call | much | little | ratio | |', '| --- | --- | --- | --- | --- |', ...lines];
}

export function verdictOf(rows: readonly Row[], { most }: Wishes): boolean {
  return rows.every(({ ratio }) => ratio <= most);
}
