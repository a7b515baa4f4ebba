import type { ActActivities, LocalActivities, SendActivities } from '../contract/activities';
import { act } from './act/act';
import { close } from './close';
import { decide } from './decide';
import type { ActivityDependencies } from './dependencies';
import { resolve } from './resolve';
import { send } from './send/send';

export function createSendActivities(dependencies: ActivityDependencies): SendActivities {
  return { send: (order) => send(dependencies, order) };
}

export function createActActivities(dependencies: ActivityDependencies): ActActivities {
  return { act: (order) => act(dependencies, order) };
}

export function createLocalActivities(dependencies: ActivityDependencies): LocalActivities {
  return {
    resolve: (order) => resolve(dependencies, order),
    decide: (order) => decide(dependencies, order),
    close: (order) => close(dependencies, order),
  };
}
