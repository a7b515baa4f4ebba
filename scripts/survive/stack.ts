import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { projectFolder } from '../../dev/project-folder';
import { thrifty } from '../../dev/stack/parts/node-part';

/** What `stack.json` says; nothing else is known of the stack. */
export type StackJson = Readonly<{
  api: string;
  apiKey: string;
  mailbox: string;
  processes: Readonly<Record<string, number>>;
}>;

/** No key and no workspace is ever over these. */
export const unlimited = {
  ITINERA_RATE_LIMIT_PER_SECOND: '100000',
  ITINERA_WORKSPACE_RATE_LIMIT_PER_SECOND: '100000',
} as const;

export function startStack(
  stateDir: string,
  timeScale: number,
  environment: Readonly<Record<string, string>> = {},
  project: string = projectFolder,
): ChildProcess {
  const main = join(project, 'dev/main.ts');
  const args = [
    thrifty,
    '--import',
    'tsx',
    main,
    '--state',
    stateDir,
    '--time-scale',
    String(timeScale),
  ];
  return spawn(process.execPath, args, {
    cwd: project,
    stdio: ['ignore', 'ignore', 'inherit'],
    // eslint-disable-next-line no-restricted-properties -- the child inherits the environment
    env: { ...process.env, ...environment },
  });
}

export function readStack(stateDir: string): StackJson {
  return JSON.parse(readFileSync(join(stateDir, 'stack.json'), 'utf8')) as StackJson;
}

/** Waits until the stack of a process id is up and answers. */
export async function untilUp(stateDir: string, stackPid: number): Promise<StackJson> {
  return until(`the stack ${stackPid} is up`, async () => {
    process.kill(stackPid, 0);
    if (!existsSync(join(stateDir, 'stack.json'))) return undefined;
    const stack = readStack(stateDir);
    if (stack.processes['stack'] !== stackPid || stack.processes['api'] === undefined)
      return undefined;
    const response = await fetch(`${stack.api}/readyz`).catch(() => undefined);
    return response?.ok ? stack : undefined;
  });
}

/**
 * Kills a part and waits until `stack.json` names its successor. Answers the duration in
 * milliseconds.
 */
export async function killPart(stateDir: string, part: string): Promise<number> {
  const pid = readStack(stateDir).processes[part];
  if (pid === undefined) throw new Error(`stack.json names no ${part}`);
  const killedAt = Date.now();
  process.kill(pid, 'SIGKILL');
  await until(`${part} is back`, () => {
    const successor = readStack(stateDir).processes[part];
    return Promise.resolve(successor !== undefined && successor !== pid ? successor : undefined);
  });
  return Date.now() - killedAt;
}

/** Ends a process and waits until it is gone. */
export async function ended(
  child: ChildProcess,
  signal: NodeJS.Signals = 'SIGTERM',
): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const end = new Promise((resolve) => child.once('exit', resolve));
  child.kill(signal);
  await end;
}

/** Asks again and again until there is an answer; fails loudly when it takes too long. */
export async function until<Result>(
  what: string,
  ask: () => Promise<Result | undefined>,
  limitMs = 120_000,
): Promise<Result> {
  const deadline = Date.now() + limitMs;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (Date.now() > deadline) throw new Error(`Not within ${limitMs} ms: ${what}`);
    await pause(200);
  }
}
