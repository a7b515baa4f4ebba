import { setTimeout as delay } from 'node:timers/promises';
import { DomainError } from '../../src/core/domain-error';
import { launch, type Launched } from './launch';
import type { Part } from './parts/part';

export type KeptPart = Readonly<{
  /** Resolves when the part works for the first time; rejects when it cannot be brought up. */
  ready: Promise<void>;
  stop: () => Promise<void>;
}>;

type Hooks = Readonly<{
  log: (line: string) => void;
  /** Called with each new process id, before the part is ready. */
  onStart: (part: Part, pid: number) => void;
}>;

const firstTries = 3;
const firstLimitMs = 90_000;
const steadyAfterMs = 10_000;
const longestPauseMs = 5_000;
const pollMs = 50;
const graceMs = 10_000;
const lastWords = 15;

/**
 * Keeps a process running until it is stopped: one that ends is started again at once, one that
 * keeps ending ever more slowly.
 */
export function keepAlive(part: Part, { log, onStart }: Hooks): KeptPart {
  const stopping = new AbortController();
  const isStopping = (): boolean => stopping.signal.aborted;
  const lastLines: string[] = [];
  let works = false;
  let current = start();

  function start(): Launched {
    const launched = launch(part, (line) => {
      lastLines.push(line);
      if (lastLines.length > lastWords) lastLines.shift();
      log(`[${part.name}] ${line}`);
    });
    if (launched.pid !== undefined) onStart(part, launched.pid);
    return launched;
  }

  async function restartForEver(): Promise<void> {
    for (let quickEnds = 0; ; current = start()) {
      const startedAt = Date.now();
      const how = await current.ended;
      if (isStopping()) return;
      quickEnds = Date.now() - startedAt < steadyAfterMs ? quickEnds + 1 : 0;
      if (!works && quickEnds >= firstTries) throw cannotStart(part, how, lastLines);
      log(`[stack] ${part.name} ${how}; starting it again`);
      await pause(pauseMsAfter(quickEnds), stopping.signal);
      if (isStopping()) return;
    }
  }

  async function becomeReady(): Promise<void> {
    const deadline = Date.now() + firstLimitMs;
    while (!(await part.isReady())) {
      if (isStopping()) return;
      if (Date.now() > deadline) throw cannotStart(part, 'does not answer', lastLines);
      await pause(pollMs, stopping.signal);
    }
    works = true;
  }

  const restarting = restartForEver();
  return {
    ready: Promise.race([restarting, becomeReady()]),
    stop: async () => {
      stopping.abort();
      await current.end(graceMs);
    },
  };
}

function pauseMsAfter(quickEnds: number): number {
  return quickEnds < 2 ? 0 : Math.min(longestPauseMs, 250 * 2 ** (quickEnds - 2));
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return delay(ms, undefined, { signal }).catch(() => undefined);
}

function cannotStart(part: Part, how: string, lastLines: readonly string[]): DomainError {
  const lines = lastLines.map((line) => `  ${line}`);
  return new DomainError(
    'unavailable',
    [`${part.name} ${how}.`, ...lines, `Its command: ${part.file} ${part.args.join(' ')}`].join(
      '\n',
    ),
  );
}
