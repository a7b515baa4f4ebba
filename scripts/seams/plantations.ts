import { apiResource } from './api-resource';
import type { Plantation } from './plantation';
import { pureStep } from './pure-step';

/** Every closed set of the house that grows. */
export const plantations: readonly Plantation[] = [pureStep, apiResource];
