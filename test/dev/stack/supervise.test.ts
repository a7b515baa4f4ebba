import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeJson } from '../../../dev/stack/json-file';
import { settlePorts, type Ports } from '../../../dev/stack/processes/ports';
import { answersHttp } from '../../../dev/stack/processes/probes';
import { commandOf } from '../../../dev/stack/processes/processes';
import { readStackFile, writeStackFile } from '../../../dev/stack/stack-file';
import { supervise, type StackPlan, type Supervised } from '../../../dev/stack/supervise';
import { until } from '../../support/processes/until';
import { fakePart, fakePlan } from './fake-stack';

describe('supervision', () => {
  let stateDir: string;
  let ports: Ports;
  let lines: string[];
  let running: Supervised[];

  beforeEach(async () => {
    stateDir = mkdtempSync(join(tmpdir(), 'itinera-stack-'));
    ports = await settlePorts({ stateDir, from: 'any' });
    lines = [];
    running = [];
  });

  afterEach(async () => {
    await Promise.all(running.map((stack) => stack.stop()));
    rmSync(stateDir, { recursive: true });
  });

  const storeAndWorker = () =>
    fakePlan([fakePart('store', ports.mongodb), fakePart('worker', ports.workerMetrics)]);

  const start = async (plan: StackPlan = storeAndWorker(), signal?: AbortSignal) => {
    const stack = await supervise({
      stateDir,
      plan: () => Promise.resolve(plan),
      log: (line) => lines.push(line),
      ...(signal && { signal }),
    });
    running.push(stack);
    return stack;
  };

  const pidOf = (name: string) => readStackFile(stateDir)?.processes[name] ?? 0;
  const answers = (port: number) => answersHttp(`http://127.0.0.1:${port}`);

  it('names every address and living process in stack.json', async () => {
    await start();

    expect(readStackFile(stateDir)).toMatchObject(storeAndWorker().facts);
    expect(pidOf('stack')).toBe(process.pid);
    expect(commandOf(pidOf('store'))).toContain(String(ports.mongodb));
    expect(commandOf(pidOf('worker'))).toContain(String(ports.workerMetrics));
  });

  it('has a killed part back within 3 seconds, under its new process id', async () => {
    await start();
    const killed = pidOf('worker');

    process.kill(killed, 'SIGKILL');
    await until(
      async () => pidOf('worker') !== killed && (await answers(ports.workerMetrics)),
      3_000,
    );

    expect(commandOf(pidOf('worker'))).toContain(String(ports.workerMetrics));
    expect(lines).toContain('[stack] worker was ended by SIGKILL; starting it again');
  });

  it('does not give up on a part that keeps ending', async () => {
    await start();

    for (const _ of ['once', 'twice', 'three times', 'four times']) {
      const killed = pidOf('worker');
      process.kill(killed, 'SIGKILL');
      await until(() => pidOf('worker') !== killed);
    }
    await until(() => answers(ports.workerMetrics));

    expect(lines.filter((line) => line.includes('starting it again'))).toHaveLength(4);
  });

  it('refuses a folder in use, naming the process that holds it', async () => {
    await start();

    const second = start();

    await expect(second).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining(`process id ${process.pid}`) as unknown,
    });
    expect(await answers(ports.workerMetrics)).toBe(true);
  });

  it('takes over the lock of an earlier process that had the same process id', async () => {
    const command = commandOf(process.pid);
    writeJson(join(stateDir, 'lock'), { pid: process.pid, command, startedAt: 1 });

    await start();

    expect(await answers(ports.workerMetrics)).toBe(true);
  });

  it('leaves no process, lock or stack.json when it stops', async () => {
    const stack = await start();
    const pids = [pidOf('store'), pidOf('worker')];

    await stack.stop();

    expect(pids.map(commandOf)).toStrictEqual([undefined, undefined]);
    expect(readdirSync(stateDir)).toStrictEqual(['ports.json']);
  });

  it('fault 22: is up once it was prepared, and nobody meets it before', async () => {
    const part = fakePart('preparation', ports.api);
    let metBefore: boolean | undefined;
    const work = async () => {
      metBefore = await answers(ports.workerMetrics);
    };

    await start({ ...storeAndWorker(), preparation: { part, work } });

    expect(metBefore).toBe(false);
    expect(await answers(ports.api)).toBe(false);
    expect(await answers(ports.workerMetrics)).toBe(true);
  });

  it('fault 22: leaves nothing running where it cannot be prepared', async () => {
    const part = fakePart('preparation', ports.api);
    const work = () => Promise.reject(new Error('This journey cannot be published'));

    const starting = start({ ...storeAndWorker(), preparation: { part, work } });

    await expect(starting).rejects.toThrow('This journey cannot be published');
    expect([await answers(ports.api), await answers(ports.mongodb)]).toEqual([false, false]);
  });

  it.each(['SIGKILL', 'SIGTERM'] as const)(
    'fault 22: ends its parts when it is ended by %s itself',
    async (signal) => {
      const args = [stateDir, String(ports.mongodb), String(ports.workerMetrics)];
      const fakeStack = join(__dirname, 'fake-stack.ts');
      const stack = spawn(process.execPath, ['--import', 'tsx', fakeStack, ...args]);
      await until(() => answers(ports.workerMetrics), 30_000);
      const parts = [pidOf('store'), pidOf('worker')];

      stack.kill(signal);

      await until(() => parts.map(commandOf).every((command) => command === undefined), 30_000);
      expect(await answers(ports.mongodb)).toBe(false);
    },
  );

  it('ends what a killed stack left behind and starts anew on the same ports', async () => {
    const args = [stateDir, String(ports.mongodb), String(ports.workerMetrics)];
    const fakeStack = join(__dirname, 'fake-stack.ts');
    const killed = spawn(process.execPath, ['--import', 'tsx', fakeStack, ...args]);
    await until(() => answers(ports.workerMetrics));
    const left = [pidOf('store'), pidOf('worker')];
    killed.kill('SIGKILL');
    await until(() => commandOf(killed.pid ?? 0) === undefined);

    await start();

    expect(left.map(commandOf)).toStrictEqual([undefined, undefined]);
    expect(pidOf('stack')).toBe(process.pid);
    expect(await answers(ports.workerMetrics)).toBe(true);
  });

  it('spares a stranger that took over the process id of a part', async () => {
    const stranger = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    const pid = stranger.pid ?? 0;
    writeStackFile(stateDir, {
      ...storeAndWorker().facts,
      processes: { worker: pid },
      commands: { worker: fakePart('worker', ports.workerMetrics).args.join(' ') },
    });

    await start();

    expect(commandOf(pid)).toContain('setInterval');
    stranger.kill('SIGKILL');
  });

  it('stops everything and shows the last words of a part that cannot be brought up', async () => {
    const broken = {
      ...fakePart('worker', ports.workerMetrics),
      args: ['-e', 'console.error("no such database"); process.exit(3)'],
    };

    const starting = start(fakePlan([fakePart('store', ports.mongodb), broken]));

    await expect(starting).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringMatching(
        /^worker ended with exit code 3.\n {2}no such database/,
      ) as unknown,
    });
    expect(await answers(ports.mongodb)).toBe(false);
    expect(readdirSync(stateDir)).toStrictEqual(['ports.json']);
  });

  it('can be stopped while it is coming up', async () => {
    const never = {
      ...fakePart('worker', ports.workerMetrics),
      isReady: () => Promise.resolve(false),
    };
    const stopping = new AbortController();

    const starting = start(fakePlan([fakePart('store', ports.mongodb), never]), stopping.signal);
    const stopped = until(() => answers(ports.workerMetrics)).then(() => {
      stopping.abort();
    });

    await expect(starting).rejects.toThrow('Stopped before everything was up');
    await stopped;
    expect(await answers(ports.workerMetrics)).toBe(false);
    expect(await answers(ports.mongodb)).toBe(false);
  });
});
