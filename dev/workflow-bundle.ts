import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { cacheFolder, projectFolder } from './project-folder';

const workflows = join(projectFolder, 'src/workflows/index.ts');

/** To be changed with the options of the bundler, which are no sources. */
const recipe = 'preloaded';

const oldAfterMs = 24 * 3_600_000;

/**
 * Builds the workflow bundle once for each state of the sources and returns its path.
 * A repeat with unchanged sources, also in another process, finds the file of the first.
 */
export async function buildWorkflowBundle(cacheDir = cacheFolder): Promise<string> {
  const path = join(cacheDir, 'workflows', `${await hashOfSources()}.js`);
  if (existsSync(path)) return path;
  // Only now: the bundler takes much memory, and the bundle is most often there.
  const { bundleWorkflowCode, DefaultLogger } = await import('@temporalio/worker');
  const { code } = await bundleWorkflowCode({
    workflowsPath: workflows,
    // Loaded once for all workflows of a thread, not once for each: their modules have no state.
    preloadModules: [workflows],
    failureConverterPath: join(projectFolder, 'src/workflows/failure-converter.ts'),
    logger: new DefaultLogger('WARN'),
  });
  await mkdir(dirname(path), { recursive: true });
  await removeOld(dirname(path));
  const unfinished = `${path}.${process.pid}`;
  await writeFile(unfinished, code);
  await rename(unfinished, path);
  return path;
}

async function removeOld(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    const { mtimeMs } = await stat(path);
    if (Date.now() - mtimeMs > oldAfterMs) await rm(path);
  }
}

async function hashOfSources(): Promise<string> {
  const hash = createHash('sha256').update(recipe);
  for (const path of await sourcesOfWorkflows()) {
    hash.update(path).update(await readFile(join(projectFolder, path)));
  }
  return hash.digest('hex').slice(0, 16);
}

/**
 * Workflows import nothing but the core, the contract and packages; the layering check keeps it so.
 */
async function sourcesOfWorkflows(): Promise<readonly string[]> {
  const folders = ['src/workflows', 'src/contract', 'src/core'];
  const files = await Promise.all(folders.map((folder) => filesBelow(folder)));
  return ['package-lock.json', ...files.flat().sort()];
}

async function filesBelow(folder: string): Promise<readonly string[]> {
  const entries = await readdir(join(projectFolder, folder), {
    recursive: true,
    withFileTypes: true,
  });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(projectFolder.length + 1));
}
