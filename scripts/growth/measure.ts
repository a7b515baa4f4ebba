/** The calls of each side that count, and the greatest ratio that passes. */
export type Wishes = Readonly<{ calls: number; most: number }>;

/** One call; `n` counts the calls of its side. */
type Call = (n: number) => Promise<unknown>;

/** The same call with much stored and with little. */
export type Comparison = Readonly<{ what: string; much: Call; little: Call }>;

/** Medians of both sides, in milliseconds. */
export type Row = Readonly<{ what: string; muchMs: number; littleMs: number; ratio: number }>;

/** Calls both sides in turn, so that other load meets both. The first calls warm up. */
export async function compare({ what, much, little }: Comparison, { calls }: Wishes): Promise<Row> {
  const warming = Math.ceil(calls / 5);
  const took: Readonly<Record<'much' | 'little', number[]>> = { much: [], little: [] };
  for (let n = 0; n < warming + calls; n += 1) {
    const muchMs = await timed(much, n);
    const littleMs = await timed(little, n);
    if (n < warming) continue;
    took.much.push(muchMs);
    took.little.push(littleMs);
  }
  const [muchMs, littleMs] = [medianOf(took.much), medianOf(took.little)];
  return { what, muchMs, littleMs, ratio: muchMs / littleMs };
}

async function timed(call: Call, n: number): Promise<number> {
  const began = performance.now();
  await call(n);
  return performance.now() - began;
}

function medianOf(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN;
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
