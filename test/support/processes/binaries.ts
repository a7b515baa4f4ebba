import { join } from 'node:path';
import { loadDevConfig } from '../../../src/process/config';
import { cacheFolder } from '../../../dev/project-folder';
import { findTemporal, findTestServer, type Search } from '../../../dev/temporal/find';

type TestBinaries = Readonly<{ temporal: string; testServer: string }>;

/** The development server and the time-skipping server, fetched when this machine has neither. */
export async function findTestBinaries(): Promise<TestBinaries> {
  const { cacheDir = cacheFolder, path } = loadDevConfig();
  const search: Search = {
    cacheDir: join(cacheDir, 'temporal'),
    path,
    onProgress: (line) => process.stderr.write(`${line}\n`),
  };
  return { temporal: await findTemporal(search), testServer: await findTestServer(search) };
}
