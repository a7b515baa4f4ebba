import { access, constants } from 'node:fs/promises';
import { join } from 'node:path';

/** The first program of that name in the folders of PATH. */
export async function findOnPath(
  name: string,
  path: readonly string[],
): Promise<string | undefined> {
  for (const folder of path) {
    const candidate = join(folder, name);
    if (await isExecutable(candidate)) return candidate;
  }
  return undefined;
}

export function isExecutable(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}
