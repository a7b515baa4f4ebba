import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';

/** Atomic: a reader sees the old content or the new. */
export function writeJson(path: string, value: unknown): void {
  const unfinished = `${path}.tmp`;
  writeFileSync(unfinished, `${JSON.stringify(value, undefined, 2)}\n`, { mode: 0o600 });
  renameSync(unfinished, path);
}

export function readJson(path: string): unknown {
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined;
}
