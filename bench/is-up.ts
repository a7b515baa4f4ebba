import type { ChildProcess } from 'node:child_process';
import { until } from '../scripts/survive/stack';
import { answersTcp } from '../dev/stack/processes/probes';

/**
 * Waits until something listens on a port of this machine. Throws when its process has ended
 * before.
 */
export async function isUp(what: string, port: number, child: ChildProcess): Promise<void> {
  await until(`${what} listens on ${port}`, async () => {
    if (child.exitCode !== null) throw new Error(`${what} ended with ${child.exitCode}`);
    return (await answersTcp(port)) || undefined;
  });
}
