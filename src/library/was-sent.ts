import type { Comparison } from '../core/conditions/condition';

/** True where the message of a step has gone out. It may have where it is `unknown`. */
export const wasSent = (step: string): Comparison => ({
  fact: `message.${step}.status`,
  is: 'in',
  to: ['sent', 'unknown'],
});
