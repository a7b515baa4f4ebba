import type { LocalActivities, SendActivities } from '../contract/activities';
import { close } from './close';
import { decide } from './decide';
import type { Dependencies } from './dependencies';
import { resolve } from './resolve';
import { send } from './send/send';

export function createSendActivities(dependencies: Dependencies): SendActivities {
  return { send: (order) => send(dependencies, order) };
}

export function createLocalActivities(dependencies: Dependencies): LocalActivities {
  return {
    resolve: (order) => resolve(dependencies, order),
    decide: (order) => decide(dependencies, order),
    close: (order) => close(dependencies, order),
  };
}
