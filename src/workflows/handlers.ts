import { defineQuery, defineSignal } from '@temporalio/workflow';
import type { HeardEvent, Progress } from '../journeys/progress';
import { eventsSignal, progressQuery } from './messages';

export const events = defineSignal<[readonly HeardEvent[]]>(eventsSignal);
export const progressOf = defineQuery<Progress>(progressQuery);
