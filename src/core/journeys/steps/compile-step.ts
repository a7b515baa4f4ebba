import { assertNever } from '../../assert-never';
import type {
  CompiledBranch,
  CompiledSend,
  CompiledStep,
  CompiledWait,
  CompiledWaitFor,
  Next,
} from '../compiled-journey';
import { exactMs, parseDuration } from '../../time/duration';
import { pathsOf } from '../../conditions/holds';
import { stepId, templateId } from '../../ids';
import type { BranchStep, SendStep, Step, WaitForStep, WaitStep } from '../journey';

/** The normal form of one step; `below` is where it goes on when it does not say. */
export function compileStep(step: Step, below: Next): CompiledStep {
  switch (step.kind) {
    case 'send':
      return compileSend(step, below);
    case 'wait':
      return compileWait(step, below);
    case 'waitFor':
      return compileWaitFor(step, below);
    case 'branch':
      return compileBranch(step, below);
    case 'exit':
      return { kind: 'exit', id: stepId(step.id), as: step.as ?? 'completed' };
    default:
      return assertNever(step);
  }
}

function compileSend(step: SendStep, below: Next): CompiledSend {
  return {
    kind: 'send',
    id: stepId(step.id),
    template: templateId(step.template),
    purpose: step.purpose,
    channels: step.channels ?? ['email'],
    delivery: step.delivery ?? 'at-most-once',
    next: nextOf(step.next) ?? below,
  };
}

function compileWait(step: WaitStep, below: Next): CompiledWait {
  return {
    kind: 'wait',
    id: stepId(step.id),
    for: parseDuration(step.for),
    ...(step.restartOn && { restart: { atMostMs: exactMs(step.atMost ?? 'PT24H') } }),
    next: nextOf(step.next) ?? below,
  };
}

function compileWaitFor(step: WaitForStep, below: Next): CompiledWaitFor {
  return {
    kind: 'waitFor',
    id: stepId(step.id),
    cases: step.events.map(({ names, when, next }) => ({
      names,
      ...(when && { when }),
      next: nextOf(next) ?? below,
    })),
    timeout: parseDuration(step.timeout),
    onTimeout: nextOf(step.onTimeout) ?? below,
    since: step.since ?? 'previousStep',
  };
}

function compileBranch(step: BranchStep, below: Next): CompiledBranch {
  return {
    kind: 'branch',
    id: stepId(step.id),
    cases: step.cases.map(({ when, next }) => ({ when, next: stepId(next) })),
    otherwise: nextOf(step.otherwise) ?? below,
    decides: step.cases.some(({ when }) =>
      pathsOf(when).some((path) => !path.startsWith('entry.')),
    ),
  };
}

export function nextOf(id: string | undefined): Next {
  return id === undefined ? null : stepId(id);
}
