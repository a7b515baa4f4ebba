import { freePort } from '../dev/stack/processes/ports';

/** Ports of this machine that are free now, each another. */
export async function freePorts(count: number): Promise<readonly number[]> {
  const found = new Set<number>();
  while (found.size < count) found.add(await freePort(undefined, found));
  return [...found];
}
