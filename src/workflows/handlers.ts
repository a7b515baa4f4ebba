import { defineQuery, defineSignal } from '@temporalio/workflow';
import type { HeardEvent, Progress } from '../core/enrollments/progress';
import { eventsSignal, progressQuery } from '../contract/enrollment-workflow';

export const events = defineSignal<[readonly HeardEvent[]]>(eventsSignal);
export const progressOf = defineQuery<Progress>(progressQuery);
