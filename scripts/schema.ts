import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { projectFolder } from '../dev/project-folder';
import { ended, startStack, untilUp, type StackJson } from './survive/stack';

const run = promisify(execFile);
const timeScale = 1;
const graceMs = 120_000;

type Failure = Readonly<{ title: string; count: number; operations: readonly string[] }>;
type Report = Readonly<{
  schemathesis_version: string;
  test_cases: Readonly<{ generated: number }>;
  failures: readonly Failure[];
  errors: readonly unknown[];
}>;

/**
 * Sends what the OpenAPI document allows, and what it forbids, to a stack of its own. Schemathesis
 * draws the requests and compares each answer with the document. Fails where one differs.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      minutes: { type: 'string', default: '10' },
      command: { type: 'string', default: 'schemathesis' },
    },
  });
  const folder = mkdtempSync(join(tmpdir(), 'itinera-schema-'));
  await run(values.command, ['--version']).catch(() => {
    throw new Error(`There is no ${values.command}; CONTRIBUTING.md says how to install it`);
  });
  const child = startStack(join(folder, 'state'), timeScale);
  try {
    const stack = await untilUp(join(folder, 'state'), child.pid ?? 0);
    const seconds = Number(values.minutes) * 60;
    const report = await reportOn(stack, { ...values, seconds, folder });
    const { schemathesis_version: version, test_cases, failures, errors } = report;
    const verdict = { version, seconds, requests: test_cases.generated, failures, errors };
    process.stdout.write(`${JSON.stringify(verdict, null, 2)}\n`);
    process.exitCode = failures.length + errors.length === 0 ? 0 : 1;
  } finally {
    await ended(child);
    rmSync(folder, { recursive: true, force: true });
  }
}

type Run = Readonly<{ command: string; seconds: number; folder: string }>;

async function reportOn(
  { api, apiKey }: StackJson,
  { command, seconds, folder }: Run,
): Promise<Report> {
  const reports = join(folder, 'reports');
  const args = ['run', `${api}/openapi.json`, '-H', `Authorization: Bearer ${apiKey}`];
  args.push('--checks', 'all', '--max-time', String(seconds), '--continue-on-failure');
  args.push('--generation-database', 'none', '--no-color', '--request-timeout', '10');
  args.push('--report', 'json', '--report-dir', reports);
  const options = { cwd: projectFolder, timeout: seconds * 1_000 + graceMs, maxBuffer: 2 ** 28 };
  const output = await run(command, args, options).catch((error: unknown) => outputOf(error));
  const [file] = readdirSync(reports);
  if (file === undefined) throw new Error(`Schemathesis wrote no report:\n${output.stdout}`);
  const report = JSON.parse(readFileSync(join(reports, file), 'utf8')) as Report;
  if (report.failures.length > 0) process.stderr.write(output.stdout);
  return report;
}

/** It exits with 1 where it found something. */
function outputOf(error: unknown): Readonly<{ stdout: string }> {
  if (error instanceof Error && 'stdout' in error) return { stdout: String(error.stdout) };
  throw error;
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
