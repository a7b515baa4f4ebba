import { checkJourney } from '../../../src/core/journeys/checks/check-journey';
import type { Fault } from '../../../src/core/domain-error';
import type { Journey } from '../../../src/core/journeys/journey';
import type { Step } from '../../../src/core/journeys/steps/kinds';
import { aJourney } from './builders';

/** The templates that exist when a journey is checked. */
export const knownTemplates = { templates: new Set(['reminder', 'offer']), actions: new Map() };

export function faultsIn(facts: Partial<Journey>): readonly Fault[] {
  return checkJourney(aJourney(facts), knownTemplates).faults;
}

export function aSend(id: string, next?: string): Step {
  const step = { id, kind: 'send', template: 'reminder', purpose: 'service' } as const;
  return next === undefined ? step : { ...step, next };
}

export function aWait(id: string, facts: Readonly<{ for?: string; next?: string }> = {}): Step {
  return { id, kind: 'wait', for: 'PT1H', ...facts };
}

export const anEnd: Step = { id: 'end', kind: 'exit' };
