import { fork, type ChildProcess, type ForkOptions } from 'node:child_process';
import { once } from 'node:events';
import { createFairTurns } from './fair-turns';

/** The most processes and waiting tasks of a key, and what a process may take. */
export type ChildLimits = Readonly<{
  processes: number;
  waiting: number;
  startMs: number;
  memoryMb: number;
}>;

/** A task with the key that it waits its turn by. Its time counts from the start of the work. */
export type ChildTask = Readonly<{ key: string; message: object; limitMs: number }>;

/** Child processes that carry out one task at a time each. */
export type Children = Readonly<{
  /** Sends the task's message to a process and answers the answer. Throws ChildLost. */
  run(task: ChildTask): Promise<unknown>;
  /** Ends every process, and the tasks under way with it. */
  close(): Promise<void>;
}>;

/** A task got no answer. `passed`: it passed a limit; `idle`: it never began. */
export class ChildLost extends Error {
  override readonly name = 'ChildLost';

  constructor(
    readonly kind: 'passed' | 'idle',
    cause: unknown,
  ) {
    super(`A child process is lost: ${kind}`, { cause });
  }
}

/**
 * Makes processes of the file, each when it is first needed. A process says that it is ready by a
 * message. A lost one is replaced by the next task, and an idle one does not keep its parent alive.
 */
export function createChildren(file: string, limits: ChildLimits): Children {
  const all = new Set<ChildProcess>();
  const idle = new Set<ChildProcess>();
  const turns = createFairTurns(limits.processes);
  let isClosed = false;

  const end = async (child: ChildProcess) => {
    all.delete(child);
    idle.delete(child);
    await kill(child);
  };
  const start = async (): Promise<ChildProcess> => {
    const child = fork(file, optionsFor(file, limits));
    all.add(child);
    child.on('error', () => void end(child));
    child.on('exit', () => void end(child));
    await messageOf(child, limits.startMs).catch(async (error: unknown) => {
      await end(child);
      throw new ChildLost('idle', error);
    });
    return child;
  };
  const carryOut = async ({ message, limitMs }: ChildTask): Promise<unknown> => {
    if (isClosed) throw new ChildLost('idle', new Error('The processes are closed'));
    const [child = await start()] = idle;
    idle.delete(child);
    keepParent(child);
    child.send(message, () => undefined);
    const answer = await messageOf(child, limitMs).catch(async (error: unknown) => {
      await end(child);
      throw new ChildLost(isClosed ? 'idle' : 'passed', error);
    });
    leaveParent(child);
    idle.add(child);
    return answer;
  };
  return {
    run: async (task) => {
      if (turns.waitingOf(task.key) >= limits.waiting)
        throw new ChildLost('idle', new Error('Too many tasks wait'));
      return turns.take(task.key, () => carryOut(task));
    },
    close: async () => {
      isClosed = true;
      await Promise.all([...all].map(end));
    },
  };
}

/** Waits for a message until the time is over, or the process. */
async function messageOf(child: ChildProcess, limitMs: number): Promise<unknown> {
  const stop = new AbortController();
  const give = () => {
    stop.abort();
  };
  const timer = setTimeout(give, limitMs);
  child.once('exit', give);
  try {
    const [message] = (await once(child, 'message', { signal: stop.signal })) as [unknown];
    return message;
  } finally {
    clearTimeout(timer);
    child.off('exit', give);
  }
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}

function keepParent(child: ChildProcess): void {
  child.ref();
  child.channel?.ref();
}

function leaveParent(child: ChildProcess): void {
  child.unref();
  child.channel?.unref();
}

/** Sources run as they are in development. A child sees no variable of its parent. */
function optionsFor(file: string, { memoryMb }: ChildLimits): ForkOptions {
  const loader = file.endsWith('.ts') ? ['--require', 'tsx/cjs'] : [];
  return {
    execArgv: [...loader, `--max-old-space-size=${memoryMb}`],
    env: { TZ: 'UTC' },
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  };
}
