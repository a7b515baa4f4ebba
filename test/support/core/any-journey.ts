import fc from 'fast-check';
import type { Journey } from '../../../src/core/journeys/journey';
import type { Step } from '../../../src/core/journeys/steps/kinds';
import { arbitraryCondition, arbitraryPath } from './arbitrary-condition';
import { aJourney } from './builders';

const looseId = fc.constantFrom('a', 'b', 'c', 'd');
const looseDuration = fc.constantFrom('PT1H', 'P1D', 'PT0S', 'P0D', 'PT', 'soon', 'P999999Y');

const looseStep: fc.Arbitrary<Step> = fc.oneof(
  fc.record(
    {
      id: looseId,
      kind: fc.constant('send'),
      template: looseId,
      purpose: fc.constant('service'),
      next: looseId,
    },
    { requiredKeys: ['id', 'kind', 'template', 'purpose'] },
  ),
  fc.record(
    {
      id: looseId,
      kind: fc.constant('wait'),
      for: looseDuration,
      atMost: looseDuration,
      next: looseId,
    },
    { requiredKeys: ['id', 'kind', 'for'] },
  ),
  fc.record(
    {
      id: looseId,
      kind: fc.constant('waitFor'),
      events: fc.array(
        fc.record(
          { names: fc.constant(['A']), when: arbitraryCondition, next: looseId },
          { requiredKeys: ['names'] },
        ),
        { minLength: 1, maxLength: 2 },
      ),
      timeout: looseDuration,
      onTimeout: looseId,
    },
    { requiredKeys: ['id', 'kind', 'events', 'timeout'] },
  ),
  fc.record(
    {
      id: looseId,
      kind: fc.constant('branch'),
      cases: fc.array(fc.record({ when: arbitraryCondition, next: looseId }), {
        minLength: 1,
        maxLength: 2,
      }),
      otherwise: looseId,
    },
    { requiredKeys: ['id', 'kind', 'cases'] },
  ),
  fc.record(
    { id: looseId, kind: fc.constant('act'), action: looseId, next: looseId },
    { requiredKeys: ['id', 'kind', 'action'] },
  ),
  fc.record({ id: looseId, kind: fc.constant('exit') }),
);

/** A random journey right in form and mostly wrong in meaning. */
export function anyJourney(): fc.Arbitrary<Journey> {
  const facts = fc.record(
    {
      entry: fc.record(
        { when: arbitraryCondition, key: fc.array(arbitraryPath, { maxLength: 2 }) },
        { requiredKeys: [] },
      ),
      exits: fc.array(
        fc.record({
          events: fc.constant(['A']),
          when: arbitraryCondition,
          as: looseId,
          lookBack: looseDuration,
        }),
        { maxLength: 2 },
      ),
      steps: fc.array(looseStep, { maxLength: 6 }),
      settings: fc.record({ until: looseDuration, zone: fc.constantFrom('UTC', 'Mars', '+01:00') }),
    },
    { requiredKeys: ['entry', 'steps'] },
  );
  return facts.map((parts) => aJourney(parts));
}
