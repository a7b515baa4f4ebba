import { join } from 'node:path';

export const projectFolder = join(__dirname, '..');

/** Fetched binaries and built bundles: safe to delete, ignored by git. */
export const cacheFolder = join(projectFolder, '.cache');
