import fc from 'fast-check';
import { checkJourney } from '../../../src/core/journeys/checks/check-journey';
import { compile } from '../../../src/core/journeys/compile';
import type { CompiledJourney } from '../../../src/core/journeys/compiled-journey';
import type { Next } from '../../../src/core/journeys/steps/step';
import { journeySchema } from '../../../src/core/journeys/journey.schema';
import { edgesOf } from '../../../src/core/journeys/steps/kinds';
import { actionsAsked, templatesSent, validJourney } from '../../support/core/arbitrary-journey';

describe('any valid journey', () => {
  it('is accepted by schema and check', () => {
    fc.assert(
      fc.property(validJourney(), (journey) => {
        expect(journeySchema.parse(journey)).toEqual(journey);
        expect(
          checkJourney(journey, { templates: templatesSent, actions: actionsAsked }).faults,
        ).toEqual([]);
      }),
    );
  });

  it('compiles to steps that lead to steps or to the end', () => {
    fc.assert(
      fc.property(validJourney(), (journey) => {
        const compiled = compile(journey, 1);

        const known = [null, ...Object.keys(compiled.steps)];
        expect(known).toEqual(expect.arrayContaining(nextsIn(compiled)));
        expect(Object.keys(compiled.steps)).toHaveLength(journey.steps.length);
      }),
    );
  });

  it('keeps every target the author names', () => {
    fc.assert(
      fc.property(validJourney(), (journey) => {
        const named = journey.steps
          .flatMap(edgesOf)
          .flatMap(({ to }) => (to === undefined ? [] : [to]));

        expect(nextsIn(compile(journey, 1))).toEqual(expect.arrayContaining(named));
      }),
    );
  });

  it('stays the same as JSON once compiled', () => {
    fc.assert(
      fc.property(validJourney(), (journey) => {
        const compiled = compile(journey, 1);

        expect(JSON.parse(JSON.stringify(compiled))).toEqual(compiled);
      }),
    );
  });
});

function nextsIn({ first, steps }: CompiledJourney): readonly Next[] {
  const nexts = Object.values(steps).flatMap((step): readonly Next[] => {
    if (step.kind === 'exit') return [];
    if (step.kind === 'waitFor') return [...step.cases.map(({ next }) => next), step.onTimeout];
    if (step.kind === 'branch') return [...step.cases.map(({ next }) => next), step.otherwise];
    return [step.next];
  });
  return [first, ...nexts];
}
