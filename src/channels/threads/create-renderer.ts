import { availableParallelism } from 'node:os';
import { assertNever } from '../../core/assert-never';
import { DomainError } from '../../core/domain-error';
import type { CompiledContent } from '../channel';
import type { ContentToCompile } from '../templates/compile-template';
import type { Renderer } from '../templates/renderer';
import type { Printing, Task, TaskAnswer } from './task';
import { createThreads, ThreadLost, type ThreadLimits, type Threads } from './threads';

/**
 * The limits of all rendering of a process. A usual render takes 50 ms and a usual compilation two
 * seconds at most; the rest is for a machine under load.
 */
export type RendererLimits = ThreadLimits & Readonly<{ renderMs: number; compileMs: number }>;

const usual: RendererLimits = {
  threads: Math.max(1, Math.min(4, availableParallelism() - 1)),
  waiting: 500,
  startMs: 60_000,
  memoryMb: 192,
  renderMs: 3_000,
  compileMs: 10_000,
};

/** A renderer that owns its threads. */
export type ThreadRenderer = Renderer & Readonly<{ close(): Promise<void> }>;

/** The load of a machine may cost a task its first thread. */
const attempts = 2;

/**
 * Makes a renderer that works in threads. A task that loses its thread twice has passed the limits:
 * a body is then faulty as `template-too-costly`, and a rendering throws `invalid`.
 */
export function createRenderer(changed: Partial<RendererLimits> = {}): ThreadRenderer {
  const limits = { ...usual, ...changed };
  const threads = createThreads(require.resolve('./main'), limits);
  const print = async (kind: 'render' | 'preview', given: Printing): Promise<unknown> => {
    const answer = await carryOut(threads, { kind, given }, limits.renderMs);
    if (answer.kind !== 'lost') return resultOf(answer);
    throw new DomainError(
      'invalid',
      `Template "${given.template.id}" cannot be rendered with these facts: it takes more than ${limits.renderMs} ms or ${limits.memoryMb} MiB.`,
    );
  };
  return {
    compileContent: async (given) => {
      const answer = await carryOut(threads, { kind: 'compile', given }, limits.compileMs);
      const compiled = answer.kind === 'lost' ? tooCostly(given, limits) : resultOf(answer);
      return compiled as CompiledContent<never>;
    },
    render: async (template, facts, locale) =>
      (await print('render', { template, facts, locale })) as never,
    preview: async (template, facts, locale) =>
      (await print('preview', { template, facts, locale })) as never,
    close: () => threads.close(),
  };
}

type Lost = Readonly<{ kind: 'lost' }>;

async function carryOut(threads: Threads, task: Task, limitMs: number): Promise<TaskAnswer | Lost> {
  for (let left = attempts; left > 0; left -= 1) {
    try {
      return (await threads.run(task, limitMs)) as TaskAnswer;
    } catch (error) {
      if (!(error instanceof ThreadLost)) throw error;
      if (error.kind === 'idle')
        throw new DomainError('unavailable', 'No thread can render at present; try again.');
    }
  }
  return { kind: 'lost' };
}

function resultOf(answer: TaskAnswer): unknown {
  switch (answer.kind) {
    case 'done':
      return answer.result;
    case 'refused':
      throw new DomainError('invalid', answer.message);
    case 'broken':
      throw new Error(answer.message);
    default:
      return assertNever(answer);
  }
}

function tooCostly(
  { pointer, content }: ContentToCompile,
  { compileMs, memoryMb }: RendererLimits,
): CompiledContent<ContentToCompile['content']> {
  const detail = `To compile this takes more than ${compileMs} ms or ${memoryMb} MiB: make it smaller.`;
  const fault = { pointer, code: 'template-too-costly', detail };
  return { compiled: content, variables: [], hasUnsubscribe: false, faults: [fault] };
}
