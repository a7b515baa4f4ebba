import { connect } from 'node:net';
import { join } from 'node:path';

/** Options for a process whose heap is to be asked for. */
export const probed: readonly string[] = [
  '--expose-gc',
  `--require=${join(__dirname, 'probe.cjs')}`,
];

/** Bytes that live in the heaps of all threads of a process, after a full collection. */
export function heapOf(pid: number): Promise<number> {
  return new Promise((resolve, reject) => {
    let said = '';
    connect(`\0itinera-heap-${pid}`)
      .setEncoding('utf8')
      .on('data', (part: string) => (said += part))
      .once('error', reject)
      .once('end', () => {
        resolve(Number(said));
      });
  });
}
