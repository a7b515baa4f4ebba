import type { Measure, Pair } from './interleave';

/** A figure, or a ratio with its two sides. A row with faults does not count. */
export type Row = Readonly<{
  id: string;
  what: string;
  value: number;
  wanted: string;
  /** Undefined where nothing is judged. */
  isMet?: boolean;
  faults: readonly string[];
  spread?: readonly [least: number, most: number];
  baseline?: string;
  sides?: Pair;
}>;

type RatioRow = Pick<Row, 'id' | 'what' | 'faults'> &
  Readonly<{ baseline: string; least: number; pairs: readonly Pair[] }>;

/** The median of the ratios of neighbouring rounds. */
export function ratioRow({ pairs, least, ...row }: RatioRow): Row {
  const ratios = pairs.map(({ product, baseline }) => product.perSecond / baseline.perSecond);
  const { value, spread } = middleOf(ratios);
  return {
    ...row,
    ...{ value, wanted: `≥ ${least}`, isMet: value >= least, spread },
    sides: sidesOf(pairs),
  };
}

/** Judges the median of what the rounds have shown. */
export function atMost(shown: readonly number[], most: number) {
  const { value, spread } = middleOf(shown);
  return { value, wanted: `≤ ${most}`, isMet: value <= most, spread };
}

function middleOf(shown: readonly number[]): Required<Pick<Row, 'value' | 'spread'>> {
  return { value: median(shown), spread: [Math.min(...shown), Math.max(...shown)] };
}

/** Both sides at their medians. */
export function sidesOf(pairs: readonly Pair[]): Pair {
  return {
    product: medianOf(pairs.map(({ product }) => product)),
    baseline: medianOf(pairs.map(({ baseline }) => baseline)),
  };
}

/** A rate that is recorded and judges nothing. */
export function figureRow(what: string, perSecond: readonly number[]): Row {
  const rates = perSecond.map(Math.round);
  return {
    id: 'B0',
    what: `${what}, a second`,
    value: Math.round(median(rates)),
    wanted: 'recorded',
    faults: [],
    ...(rates.length > 1 && { spread: [Math.min(...rates), Math.max(...rates)] }),
  };
}

function medianOf(measures: readonly Measure[]): Measure {
  const names = Object.keys(measures[0]?.cpuMs ?? {});
  return {
    perSecond: median(measures.map(({ perSecond }) => perSecond)),
    cpuMs: Object.fromEntries(
      names.map((name) => [name, median(measures.map(({ cpuMs }) => cpuMs[name] ?? 0))]),
    ),
  };
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  const middle = Math.floor(sorted.length / 2);
  const [low = 0, high = 0] = [sorted[middle - (1 - (sorted.length % 2))], sorted[middle]];
  return (low + high) / 2;
}

/** The value that this share of them do not pass. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.floor((sorted.length - 1) * share)] ?? NaN;
}
