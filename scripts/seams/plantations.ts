import { action } from './action';
import { command } from './command';
import { apiResource } from './api-resource';
import { channel } from './channel';
import { connector } from './connector';
import type { Plantation } from './plantation';
import { pureStep } from './pure-step';
import { stepWithEffect } from './step-with-effect';

/** Every closed set of the house that grows. */
export const plantations: readonly Plantation[] = [
  pureStep,
  stepWithEffect,
  channel,
  action,
  connector,
  command,
  apiResource,
];
