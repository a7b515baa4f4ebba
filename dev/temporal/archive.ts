import { createWriteStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Build, Release } from './release';
import { runToEnd } from './run';

const answerLimitMs = 4_000;
const downloadLimitMs = 120_000;

/**
 * Fetches the publisher's archive into `folder` and unpacks the program. Fails within seconds where
 * the internet is closed.
 */
export async function fetchArchive(
  release: Release,
  build: Build,
  folder: string,
): Promise<string> {
  const archive = join(folder, build.archive);
  await download(`${release.archives}/${build.archive}`, archive);
  await runToEnd('tar', ['-xzf', archive, '-C', folder], downloadLimitMs);
  const files = await readdir(folder, { recursive: true, withFileTypes: true });
  const binary = files.find((file) => file.isFile() && file.name === release.name);
  if (!binary) throw new Error(`${build.archive} holds no ${release.name}`);
  return join(binary.parentPath, binary.name);
}

async function download(url: string, to: string): Promise<void> {
  const silence = new AbortController();
  const timer = setTimeout(() => {
    silence.abort(new Error(`no answer within ${answerLimitMs / 1000} s`));
  }, answerLimitMs);
  const signal = AbortSignal.any([silence.signal, AbortSignal.timeout(downloadLimitMs)]);
  try {
    const response = await fetch(url, { signal });
    clearTimeout(timer);
    if (!response.ok || !response.body) throw new Error(`HTTP ${response.status}`);
    await pipeline(Readable.fromWeb(response.body), createWriteStream(to));
  } catch (error) {
    throw new Error(`${url}: ${reasonOf(error)}`, { cause: error });
  } finally {
    clearTimeout(timer);
  }
}

/** What `fetch` says is "fetch failed"; why is in the cause. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message : error.message;
}
