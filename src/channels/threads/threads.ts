import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import pLimit from 'p-limit';

/** The most threads and waiting tasks, and what a thread may take. */
export type ThreadLimits = Readonly<{
  threads: number;
  waiting: number;
  startMs: number;
  memoryMb: number;
}>;

/** Threads that carry out one task at a time each. */
export type Threads = Readonly<{
  /**
   * Posts the task to a thread and answers the thread's answer. The time limit counts from the
   * start of the work. Throws ThreadLost.
   */
  run(task: unknown, limitMs: number): Promise<unknown>;
  /** Ends every thread, and the tasks under way with it. */
  close(): Promise<void>;
}>;

/** A task got no answer. `passed`: it passed a limit; `idle`: it never began. */
export class ThreadLost extends Error {
  override readonly name = 'ThreadLost';

  constructor(
    readonly kind: 'passed' | 'idle',
    cause: unknown,
  ) {
    super(`A thread is lost: ${kind}`, { cause });
  }
}

/**
 * Makes threads of the file, each when it is first needed. A thread says that it is ready by a
 * message. A lost one is replaced by the next task, and an idle one keeps no process alive.
 */
export function createThreads(file: string, limits: ThreadLimits): Threads {
  const all = new Set<Worker>();
  const idle = new Set<Worker>();
  const turn = pLimit(limits.threads);
  let isClosed = false;

  const end = async (worker: Worker) => {
    all.delete(worker);
    idle.delete(worker);
    await worker.terminate();
  };
  const start = async (): Promise<Worker> => {
    const worker = new Worker(file, optionsFor(file, limits));
    all.add(worker);
    worker.on('error', () => void end(worker));
    await messageOf(worker, limits.startMs).catch(async (error: unknown) => {
      await end(worker);
      throw new ThreadLost('idle', error);
    });
    return worker;
  };
  const carryOut = async (task: unknown, limitMs: number): Promise<unknown> => {
    if (isClosed) throw new ThreadLost('idle', new Error('The threads are closed'));
    const [worker = await start()] = idle;
    idle.delete(worker);
    worker.ref();
    worker.postMessage(task);
    const answer = await messageOf(worker, limitMs).catch(async (error: unknown) => {
      await end(worker);
      throw new ThreadLost(isClosed ? 'idle' : 'passed', error);
    });
    worker.unref();
    idle.add(worker);
    return answer;
  };
  return {
    run: async (task, limitMs) => {
      if (turn.pendingCount >= limits.waiting)
        throw new ThreadLost('idle', new Error('Too many tasks wait'));
      return turn(() => carryOut(task, limitMs));
    },
    close: async () => {
      isClosed = true;
      await Promise.all([...all].map(end));
    },
  };
}

/** Waits for a message until the time is over, or the thread. */
async function messageOf(worker: Worker, limitMs: number): Promise<unknown> {
  const stop = new AbortController();
  const give = () => {
    stop.abort();
  };
  const timer = setTimeout(give, limitMs);
  worker.once('exit', give);
  try {
    const [message] = (await once(worker, 'message', { signal: stop.signal })) as [unknown];
    return message;
  } finally {
    clearTimeout(timer);
    worker.off('exit', give);
  }
}

/** Sources run as they are in development. A thread sees no variable of the process. */
function optionsFor(file: string, { memoryMb }: ThreadLimits) {
  return {
    execArgv: file.endsWith('.ts') ? ['--require', 'tsx/cjs'] : [],
    env: {},
    resourceLimits: { maxOldGenerationSizeMb: memoryMb },
  };
}
