import { availableParallelism } from 'node:os';
import { assertNever } from '../../core/assert-never';
import { DomainError } from '../../core/domain-error';
import type { WorkspaceId } from '../../core/ids';
import type { CompiledContent } from '../channel';
import type { ContentToCompile } from '../templates/compile-template';
import type { Renderer, RendererOf } from '../templates/renderer';
import { ChildLost, createChildren, type ChildLimits, type Children } from './children';
import type { Printing, Task, TaskAnswer } from './task';

/**
 * The limits of all rendering of a process. A usual render takes 50 ms and a usual compilation two
 * seconds at most; the rest is for a machine under load.
 */
export type RenderingLimits = ChildLimits & Readonly<{ renderMs: number; compileMs: number }>;

/** The renderers of all workspaces, and the end of their processes. */
export type Rendering = Readonly<{ rendererOf: RendererOf; close(): Promise<void> }>;

const usual: RenderingLimits = {
  processes: Math.max(1, Math.min(4, availableParallelism() - 1)),
  waiting: 500,
  startMs: 60_000,
  memoryMb: 192,
  renderMs: 3_000,
  compileMs: 10_000,
};

/** The load of the machine may cost a task its first process. */
const attempts = 2;

/**
 * Makes renderers that work in child processes. A task that loses two of them has passed the
 * limits: a body is then faulty as `template-too-costly`, and a rendering throws `invalid`.
 */
export function createRendering(changed: Partial<RenderingLimits> = {}): Rendering {
  const limits = { ...usual, ...changed };
  const children = createChildren(require.resolve('./main'), limits);
  return {
    rendererOf: (workspace) => rendererOf({ children, limits, workspace }),
    close: () => children.close(),
  };
}

type Origin = Readonly<{ children: Children; limits: RenderingLimits; workspace: WorkspaceId }>;

function rendererOf(origin: Origin): Renderer {
  const { limits } = origin;
  const print = async (kind: 'render' | 'preview', given: Printing): Promise<unknown> => {
    const answer = await carryOut(origin, { kind, given }, limits.renderMs);
    if (answer.kind !== 'lost') return resultOf(answer);
    throw new DomainError(
      'invalid',
      `Template "${given.template.id}" cannot be rendered with these facts: it takes more than ${limits.renderMs} ms or ${limits.memoryMb} MiB.`,
    );
  };
  return {
    compileContent: async (given) => {
      const answer = await carryOut(origin, { kind: 'compile', given }, limits.compileMs);
      const compiled = answer.kind === 'lost' ? tooCostly(given, limits) : resultOf(answer);
      return compiled as CompiledContent<never>;
    },
    render: async (template, facts, locale) =>
      (await print('render', { template, facts, locale })) as never,
    preview: async (template, facts, locale) =>
      (await print('preview', { template, facts, locale })) as never,
  };
}

type Lost = Readonly<{ kind: 'lost' }>;

async function carryOut(
  { children, workspace: key }: Origin,
  message: Task,
  limitMs: number,
): Promise<TaskAnswer | Lost> {
  for (let left = attempts; left > 0; left -= 1) {
    try {
      return (await children.run({ key, message, limitMs })) as TaskAnswer;
    } catch (error) {
      if (!(error instanceof ChildLost)) throw error;
      if (error.kind === 'idle')
        throw new DomainError('unavailable', 'Nothing can be rendered at present; try again.');
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
      throw Object.assign(new Error(answer.message), { stack: answer.stack });
    default:
      return assertNever(answer);
  }
}

function tooCostly(
  { pointer, content }: ContentToCompile,
  { compileMs, memoryMb }: RenderingLimits,
): CompiledContent<ContentToCompile['content']> {
  const detail = `To compile this takes more than ${compileMs} ms or ${memoryMb} MiB: make it smaller.`;
  const fault = { pointer, code: 'template-too-costly', detail };
  return { compiled: content, variables: [], hasUnsubscribe: false, faults: [fault] };
}
