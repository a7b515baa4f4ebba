import type { Fault } from '../../domain-error';
import { boundsOf, isDuration } from '../../time/duration';
import { edgesOf, usesOf, type Step } from '../steps/kinds';
import type { StepEdge } from '../steps/step';

const hourMs = 3_600_000;

/**
 * Finds steps that lead back to a send or an act within an hour. An event that ends a
 * wait may come at once, so only written waits and time-outs count.
 */
export function checkPace(steps: readonly Step[]): readonly Fault[] {
  const ways = steps.flatMap(waysOf);
  const least = leastTimes(steps.length, ways);
  const works = steps.flatMap((step, index) => (usesOf(step).length > 0 ? [index] : []));
  return ways.filter(leadsBack).flatMap((way) => {
    const work = works.find((at) => least(way.to, at) + least(at, way.from) + way.ms < hourMs);
    return work === undefined ? [] : [tooFast(steps, way, work)];
  });
}

/** A way from step to step, by position, and the least time it takes. */
type Way = Readonly<{ from: number; to: number; pointer: string; ms: number }>;

function waysOf(step: Step, from: number, steps: readonly Step[]): readonly Way[] {
  return edgesOf(step)
    .map(({ to: id, pointer, lasts }) => ({
      from,
      to: id === undefined ? from + 1 : steps.findIndex((other) => other.id === id),
      pointer,
      ms: leastMs(lasts),
    }))
    .filter(({ to }) => to >= 0 && to < steps.length);
}

/** A duration that cannot be read is a fault of its own. */
function leastMs(lasts: StepEdge['lasts']): number {
  if (lasts === undefined) return 0;
  return isDuration(lasts) ? Math.max(0, boundsOf(lasts).shortest) : Infinity;
}

/** Every cycle has such a way. */
function leadsBack({ from, to }: Way): boolean {
  return to <= from;
}

type LeastTime = (from: number, to: number) => number;

/** The least time from each step to each, as Floyd and Warshall find it. */
function leastTimes(count: number, ways: readonly Way[]): LeastTime {
  const least = Array.from({ length: count }, () => new Array<number>(count).fill(Infinity));
  const between: LeastTime = (from, to) => (from === to ? 0 : (least[from]?.[to] ?? Infinity));
  const shorten = (from: number, to: number, ms: number) => {
    const row = least[from];
    if (row && ms < between(from, to)) row[to] = ms;
  };
  const all = [...least.keys()];
  ways.forEach(({ from, to, ms }) => {
    shorten(from, to, ms);
  });
  for (const via of all)
    for (const from of all)
      for (const to of all) shorten(from, to, between(from, via) + between(via, to));
  return between;
}

function tooFast(steps: readonly Step[], { from, to, pointer }: Way, work: number): Fault {
  const name = (position: number) => `"${steps[position]?.id ?? ''}"`;
  return {
    pointer: `/steps/${from}${pointer}`,
    code: 'cycle-too-fast',
    detail: `Step ${name(from)} leads back to ${name(to)}, so that ${name(work)} is done again in less than an hour; put waits of PT1H or more into the cycle, on each way round`,
  };
}
