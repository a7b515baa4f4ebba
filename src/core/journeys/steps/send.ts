import { exactMs, type DurationText } from '../../time/duration';
import type { ChannelName, Purpose } from '../../channels';
import { stepId, templateId, type StepId, type TemplateId } from '../../ids';
import { edge, nextOf, type Next, type StepModule } from './step';

/** Sends a message by the first of its channels where the contact has an address. */
export type SendStep = Readonly<{
  id: string;
  kind: 'send';
  template: string;
  purpose: Purpose;
  /** In order of preference; default `["email"]`. */
  channels?: readonly ChannelName[];
  /** `at-least-once` repeats an unanswered hand-over; default `at-most-once`. */
  delivery?: 'at-most-once' | 'at-least-once';
  /** For so long the message is tried, at most; exact, default `PT96H`. */
  retryFor?: DurationText;
  next?: string;
}>;

/** The normal form of a `SendStep`. */
export type CompiledSend = Readonly<{
  kind: 'send';
  id: StepId;
  template: TemplateId;
  purpose: Purpose;
  channels: readonly ChannelName[];
  delivery: 'at-most-once' | 'at-least-once';
  retryForMs?: number;
  next: Next;
}>;

/** An activity hands the message over; the journey goes on whatever became of it. */
export const send: StepModule<SendStep, CompiledSend> = {
  compile: (step, { below }) => ({
    kind: 'send',
    id: stepId(step.id),
    template: templateId(step.template),
    purpose: step.purpose,
    channels: step.channels ?? ['email'],
    delivery: step.delivery ?? 'at-most-once',
    ...(step.retryFor !== undefined && { retryForMs: exactMs(step.retryFor) }),
    next: nextOf(step.next) ?? below,
  }),
  edges: ({ next }) => [edge('/next', next, false)],
  durations: ({ retryFor }) => [{ pointer: '/retryFor', text: retryFor, must: 'be exact' }],
  conditions: () => [],
  hears: () => [],
  uses: ({ template, purpose }) => [{ kind: 'template', pointer: '/template', template, purpose }],
  meaning: ({ next }) => ({ kind: 'perform', work: 'send', next }),
};
