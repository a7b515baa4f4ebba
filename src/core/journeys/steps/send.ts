import { exactMs, type DurationText } from '../../time/duration';
import type { Hours } from '../../time/hours';
import { isWithdrawable, type ChannelName, type Purpose } from '../../channels';
import { stepId, templateId, type StepId, type TemplateId } from '../../ids';
import { edge, nextOf, type Next, type StepModule } from './step';

/** Sends a message by the first of its channels where the contact has an address. */
export type SendStep = Readonly<{
  id: string;
  kind: 'send';
  template: string;
  purpose: Purpose;
  /** The templates of channels for which it is not `template`. */
  templates?: Readonly<Partial<Record<ChannelName, string>>>;
  /** In order of preference; default `["email"]`. */
  channels?: readonly ChannelName[];
  /**
   * `at-least-once` repeats an unanswered hand-over. It is the default of what is transactional,
   * and `at-most-once` of everything else.
   */
  delivery?: 'at-most-once' | 'at-least-once';
  /** For so long the message is tried, at most; exact, default `PT96H`. */
  retryFor?: DurationText;
  /** The hours in which it may go out, in the contact's zone. At others it waits. */
  window?: Hours;
  /**
   * The longest wait for its window, quiet hours and caps. Exact; `PT0S` is none, the default
   * `PT24H`, and `PT168H` with a window.
   */
  maxHold?: DurationText;
  next?: string;
}>;

/** The normal form of a `SendStep`. */
export type CompiledSend = Readonly<{
  kind: 'send';
  id: StepId;
  template: TemplateId;
  templates?: Readonly<Partial<Record<ChannelName, TemplateId>>>;
  purpose: Purpose;
  channels: readonly ChannelName[];
  delivery: 'at-most-once' | 'at-least-once';
  retryForMs?: number;
  window?: Hours;
  maxHoldMs?: number;
  next: Next;
}>;

/** An activity hands the message over; the journey goes on whatever became of it. */
export const send: StepModule<SendStep, CompiledSend> = {
  compile: (step, { below }) => ({
    kind: 'send',
    id: stepId(step.id),
    template: templateId(step.template),
    ...(step.templates && { templates: templatesOf(step.templates) }),
    purpose: step.purpose,
    channels: step.channels ?? usualChannels,
    delivery: step.delivery ?? usualDelivery(step),
    ...(step.retryFor !== undefined && { retryForMs: exactMs(step.retryFor) }),
    ...(step.window && { window: step.window }),
    ...(step.maxHold !== undefined && { maxHoldMs: exactMs(step.maxHold) }),
    next: nextOf(step.next) ?? below,
  }),
  edges: ({ next }) => [edge('/next', next, false)],
  durations: ({ retryFor, maxHold }) => [
    { pointer: '/retryFor', text: retryFor, must: 'be exact' },
    { pointer: '/maxHold', text: maxHold, must: 'be exact' },
  ],
  conditions: () => [],
  hears: () => [],
  uses: (step) =>
    (step.channels ?? usualChannels).map((channel) => ({
      kind: 'template',
      pointer: step.templates?.[channel] === undefined ? '/template' : `/templates/${channel}`,
      template: templateFor(step, channel),
      purpose: step.purpose,
      channel,
    })),
  meaning: ({ next }) => ({ kind: 'perform', work: 'send', next }),
};

const usualChannels: readonly ChannelName[] = ['email'];

/** The template of a step for a channel. */
export function templateFor<Template extends string>(
  step: Readonly<{
    template: Template;
    templates?: Readonly<Partial<Record<ChannelName, Template>>>;
  }>,
  channel: ChannelName,
): Template {
  return step.templates?.[channel] ?? step.template;
}

function templatesOf(written: Readonly<Partial<Record<ChannelName, string>>>) {
  return Object.fromEntries(
    Object.entries(written).map(([channel, id]) => [channel, templateId(id)]),
  );
}

function usualDelivery({ purpose }: SendStep): CompiledSend['delivery'] {
  return isWithdrawable(purpose) ? 'at-most-once' : 'at-least-once';
}

const hourMs = 3_600_000;

/** The longest that a message waits for its time. */
export function longestHoldMs({ maxHoldMs, window }: CompiledSend): number {
  return maxHoldMs ?? (window ? 7 * 24 * hourMs : 24 * hourMs);
}
