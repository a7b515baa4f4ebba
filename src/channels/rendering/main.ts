import { assertNever } from '../../core/assert-never';
import { DomainError } from '../../core/domain-error';
import { compileContent } from '../templates/compile-content';
import { preview } from '../templates/preview';
import { render } from '../templates/render';
import type { Task, TaskAnswer } from './task';

/** A terminal sends its signals to a whole group. Its parent ends this process. */
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => undefined);

process.on('message', (task: Task) => {
  void answerTo(task).then((answer) => process.send?.(answer));
});
process.send?.('ready');

async function answerTo(task: Task): Promise<TaskAnswer> {
  try {
    return { kind: 'done', result: await carryOut(task) };
  } catch (error) {
    if (error instanceof DomainError) return { kind: 'refused', message: error.message };
    const { message, stack } = error instanceof Error ? error : new Error(String(error));
    return { kind: 'broken', message, stack };
  }
}

function carryOut(task: Task): unknown {
  switch (task.kind) {
    case 'compile':
      return compileContent(task.given);
    case 'render':
      return render(task.given.template, task.given.facts, task.given.locale);
    case 'preview':
      return preview(task.given.template, task.given.facts, task.given.locale);
    default:
      return assertNever(task);
  }
}
