import type { Fault } from '../../domain-error';
import { quoted } from '../../quoted';
import { checkPace } from './check-pace';
import { edgesOf, type Step } from '../steps/kinds';

/** Finds steps that are there twice, lead nowhere, are never reached, or cycle too fast. */
export function checkGraph(steps: readonly Step[]): readonly Fault[] {
  return [
    ...duplicatesIn(steps),
    ...danglingIn(steps),
    ...unreachableIn(steps),
    ...cyclesIn(steps),
  ];
}

/** The pace of a cycle matters only once time passes in it. */
function cyclesIn(steps: readonly Step[]): readonly Fault[] {
  const timeless = timelessCyclesIn(steps);
  return timeless.length > 0 ? timeless : checkPace(steps);
}

function duplicatesIn(steps: readonly Step[]): readonly Fault[] {
  return steps.flatMap(({ id }, index) =>
    positionOf(steps, id) === index
      ? []
      : [
          {
            pointer: `/steps/${index}/id`,
            code: 'duplicate-step',
            detail: `Step "${id}" is there twice; give this one another id`,
          },
        ],
  );
}

function danglingIn(steps: readonly Step[]): readonly Fault[] {
  const names = quoted(steps.map(({ id }) => id));
  return steps.flatMap((step, index) =>
    edgesOf(step).flatMap(({ to, pointer }) =>
      to === undefined || positionOf(steps, to) >= 0
        ? []
        : [
            {
              pointer: `/steps/${index}${pointer}`,
              code: 'dangling-target',
              detail: `Step "${step.id}" leads to "${to}", which this journey does not have; name one of ${names}`,
            },
          ],
    ),
  );
}

function unreachableIn(steps: readonly Step[]): readonly Fault[] {
  const reached = new Set([0, ...reachedFrom(0, successorsIn(steps, 'all'))]);
  return steps.flatMap(({ id }, index) =>
    reached.has(index)
      ? []
      : [
          {
            pointer: `/steps/${index}`,
            code: 'unreachable-step',
            detail: `Step "${id}" is never reached; lead another step to it, or remove it`,
          },
        ],
  );
}

/** Finds each set of steps that lead to each other without waiting. */
function timelessCyclesIn(steps: readonly Step[]): readonly Fault[] {
  const successors = successorsIn(steps, 'timeless');
  const reached = steps.map((_, index) => reachedFrom(index, successors));
  return steps.flatMap((_, index) => {
    const cycle = steps.flatMap(({ id }, other) =>
      reached[index]?.has(other) && reached[other]?.has(index) ? [{ id, other }] : [],
    );
    if (cycle[0]?.other !== index) return [];
    return [
      {
        pointer: `/steps/${index}`,
        code: 'cycle-without-wait',
        detail: `Steps ${quoted(cycle.map(({ id }) => id))} form a cycle in which no time passes; put a wait or waitFor into it`,
      },
    ];
  });
}

type Successors = readonly (readonly number[])[];

function successorsIn(steps: readonly Step[], which: 'all' | 'timeless'): Successors {
  return steps.map((step, index) =>
    edgesOf(step)
      .filter(({ waits }) => which === 'all' || !waits)
      .map(({ to }) => (to === undefined ? index + 1 : positionOf(steps, to)))
      .filter((position) => position >= 0 && position < steps.length),
  );
}

function reachedFrom(start: number, successors: Successors): ReadonlySet<number> {
  const reached = new Set<number>();
  const open = [start];
  for (let from = open.pop(); from !== undefined; from = open.pop()) {
    const fresh = (successors[from] ?? []).filter((position) => !reached.has(position));
    fresh.forEach((position) => reached.add(position));
    open.push(...fresh);
  }
  return reached;
}

function positionOf(steps: readonly Step[], id: string): number {
  return steps.findIndex((step) => step.id === id);
}
