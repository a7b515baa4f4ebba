import type { Message } from '../../core/messages/message';
import { realDurationOf } from '../../core/time/clock';
import { nowOf, type ActivityDependencies } from '../dependencies';
import type { Sending } from './sending';

/** Clocks differ, and a message is under way for a while. */
const marginMs = 120_000;

/** Whether a message that may have left may be handed over again. */
export function isRepeatable(
  dependencies: ActivityDependencies,
  { step }: Sending,
  message: Message,
): boolean {
  return step.delivery === 'at-least-once' || isRepeatDropped(dependencies, message);
}

/** Whether the provider still remembers the first hand-over, so that a repeat delivers nothing. */
export function isRepeatDropped(
  dependencies: ActivityDependencies,
  { channel, handedAt }: Message,
): boolean {
  const { channels, clock } = dependencies;
  const { repeatsDroppedMs } = channels[channel].provider;
  if (handedAt === undefined) return false;
  const sinceMs = realDurationOf(clock.virtual, nowOf(dependencies) - handedAt);
  return sinceMs < repeatsDroppedMs - marginMs;
}
