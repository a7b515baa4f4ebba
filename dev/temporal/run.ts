import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Runs a program to its end; a failure carries the last line it wrote. */
export async function runToEnd(
  file: string,
  args: readonly string[],
  limitMs: number,
): Promise<void> {
  try {
    await run(file, args, { timeout: limitMs, maxBuffer: 16 << 20 });
  } catch (error) {
    throw new Error(`${file} ${args[0] ?? ''} failed: ${lastLineOf(error)}`, { cause: error });
  }
}

function lastLineOf(error: unknown): string {
  const text = error instanceof Error && 'stderr' in error ? String(error.stderr) : '';
  return text.trim().split('\n').at(-1) ?? String(error);
}
