import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadDevConfig } from '../src/process/config';
import { cacheFolder, projectFolder } from '../dev/project-folder';

// Plants each fault of test/planted in a copy of the working tree. The check that its patch names
// must fail there, and pass without it.
const patchFolder = join(projectFolder, 'test/planted');
const leftOut = ['node_modules', '.git', '.cache', '.itinera', 'dist', 'coverage'];
const laneCount = 2;
const limitMs = 120_000;

/** The lines by which a check reports a fault. A check that crashes has found nothing. */
const complaint = /^ *(● (?!Test suite failed to run)|error |\d+:\d+ +error |.*: error TS\d+).*$/m;

type Planted = Readonly<{ name: string; patch: string; check: string }>;
type Verdict =
  'caught' | 'survived' | 'does not apply' | 'timed out' | 'breaks the check' | 'fails unplanted';
type Finding = Readonly<{ verdict: Verdict; said?: string }>;
type Result = Finding & Readonly<{ name: string; check: string; seconds: number }>;
type Exit = Readonly<{ code: number | 'timed out'; output: string }>;

async function main(): Promise<void> {
  process.once('SIGINT', () => process.exit(130));
  const planted = await readPlanted();
  const root = await mkdtemp(join(tmpdir(), 'itinera-planted-'));
  try {
    const lanes = await Promise.all(
      Array.from({ length: laneCount }, (_, n) => copyTree(join(root, String(n)))),
    );
    const sound = await soundChecks(planted, lanes);
    const results = await share(lanes, planted, (lane, fault) => plant(lane, fault, sound));
    report(results);
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

async function readPlanted(): Promise<readonly Planted[]> {
  const names = (await readdir(patchFolder)).filter((name) => name.endsWith('.patch')).sort();
  return Promise.all(
    names.map(async (name) => {
      const patch = join(patchFolder, name);
      const check = /^Check: (.+)$/m.exec(await readFile(patch, 'utf8'))?.[1];
      if (!check)
        throw new Error(`${name} names no check: give it a first line "Check: <command>"`);
      return { name, patch, check };
    }),
  );
}

async function copyTree(folder: string): Promise<string> {
  const isLeftOut = (path: string) => leftOut.some((name) => path === join(projectFolder, name));
  await cp(projectFolder, folder, { recursive: true, filter: (path) => !isLeftOut(path) });
  await symlink(join(projectFolder, 'node_modules'), join(folder, 'node_modules'));
  return folder;
}

/** The checks that pass without a fault: a check that fails anyway proves nothing. */
async function soundChecks(
  planted: readonly Planted[],
  lanes: readonly string[],
): Promise<ReadonlySet<string>> {
  const checks = [...new Set(planted.map(({ check }) => check))];
  const passing = await share(lanes, checks, async (lane, check) => {
    const { code, output } = await run(lane, check);
    say(code === 0 ? `passes unplanted: ${check}` : `FAILS UNPLANTED: ${check}\n${output}`);
    return code === 0 ? [check] : [];
  });
  return new Set(passing.flat());
}

async function plant(
  lane: string,
  { name, patch, check }: Planted,
  sound: ReadonlySet<string>,
): Promise<Result> {
  const start = Date.now();
  const finding: Finding = sound.has(check)
    ? await judge(lane, patch, check)
    : { verdict: 'fails unplanted' };
  const seconds = (Date.now() - start) / 1_000;
  say(`${finding.verdict}: ${name}\n  ${finding.said ?? ''}`);
  return { name, check, seconds, ...finding };
}

async function judge(lane: string, patch: string, check: string): Promise<Finding> {
  const before = await filesOf(lane, patch);
  const applied = await run(lane, `git apply --unidiff-zero "${patch}"`);
  if (applied.code !== 0) return { verdict: 'does not apply', said: applied.output };
  const { code, output } = await run(lane, check);
  await Promise.all(before.map(restore));
  if (code === 'timed out') return { verdict: code };
  if (code === 0) return { verdict: 'survived' };
  const [found] = complaint.exec(output) ?? [];
  return found
    ? { verdict: 'caught', said: found.trim() }
    : { verdict: 'breaks the check', said: output };
}

/** A file before a patch; without a text where there is none. */
type Unpatched = Readonly<{ path: string; text?: string }>;

/** The files that a patch touches. A patch without context lines cannot be reversed safely. */
async function filesOf(lane: string, patch: string): Promise<readonly Unpatched[]> {
  const named = (await readFile(patch, 'utf8')).matchAll(/^(?:---|\+\+\+) [ab]\/(.+)$/gm);
  const paths = new Set([...named].map(([, name = '']) => join(lane, name)));
  return Promise.all(
    [...paths].map(async (path) =>
      existsSync(path) ? { path, text: await readFile(path, 'utf8') } : { path },
    ),
  );
}

function restore({ path, text }: Unpatched): Promise<void> {
  return text === undefined ? rm(path) : writeFile(path, text);
}

/** Each lane takes the next item when it is free. */
async function share<Item, Answer>(
  lanes: readonly string[],
  items: readonly Item[],
  work: (lane: string, item: Item) => Promise<Answer>,
): Promise<readonly Answer[]> {
  const answers: Answer[] = [];
  const left = [...items];
  await Promise.all(
    lanes.map(async (lane) => {
      for (let item = left.shift(); item !== undefined; item = left.shift()) {
        answers.push(await work(lane, item));
      }
    }),
  );
  return answers;
}

/** The command has a process group of its own, so that a check that hangs leaves nothing behind. */
function run(cwd: string, command: string): Promise<Exit> {
  const env = {
    ...loadDevConfig().inherited,
    ITINERA_CACHE_DIR: cacheFolder,
    FORCE_COLOR: undefined,
    NO_COLOR: '1',
  };
  const child = spawn(command, { cwd, env, shell: true, detached: true });
  let output = '';
  const collect = (chunk: Buffer) => (output += chunk.toString());
  child.stdout.on('data', collect);
  child.stderr.on('data', collect);
  return new Promise((resolve, reject) => {
    let isLate = false;
    const kill = () => {
      killGroup(child.pid);
    };
    const timer = setTimeout(() => {
      isLate = true;
      kill();
    }, limitMs);
    process.once('exit', kill);
    child.once('error', reject).once('close', (code) => {
      clearTimeout(timer);
      process.off('exit', kill);
      kill();
      resolve({ code: isLate ? 'timed out' : (code ?? 1), output });
    });
  });
}

/** Nobody is left where the command has ended all that it started. */
function killGroup(pid: number | undefined): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}

function report(results: readonly Result[]): void {
  const rows = [...results].sort((one, other) => one.name.localeCompare(other.name));
  const width = Math.max(...rows.map(({ name }) => name.length));
  for (const { name, verdict, seconds, check } of rows) {
    say(
      `${name.padEnd(width)}  ${verdict.padEnd(15)}  ${seconds.toFixed(1).padStart(5)} s  ${check}`,
    );
  }
  const caught = rows.filter(({ verdict }) => verdict === 'caught').length;
  say(`${caught} of ${rows.length} planted faults caught`);
  if (caught < rows.length || rows.length === 0) process.exitCode = 1;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

main().catch((error: unknown) => {
  say(error instanceof Error ? (error.stack ?? error.message) : String(error));
  process.exitCode = 1;
});
