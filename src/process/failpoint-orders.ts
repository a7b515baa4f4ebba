import { appendFileSync, existsSync, readFileSync, rmSync } from 'node:fs';
import { z } from 'zod';
import { boundaries, type Passing } from './failpoints';

const order = z.strictObject({ boundary: z.enum(boundaries), nth: z.int().positive() });

/**
 * Kills this process, as a crash would, when it passes a boundary for the n-th time. The order is a file
 * `{ "boundary": "after-signal", "nth": 2 }` that may appear at any time; it is removed before the death, and the hit is
 * written beside it, so that each order is carried out once.
 */
export function orderedDeath(file: string): Passing {
  let passed = 0;
  return (boundary) => {
    if (!existsSync(file)) {
      passed = 0;
      return;
    }
    const { boundary: wanted, nth } = order.parse(JSON.parse(readFileSync(file, 'utf8')));
    if (boundary !== wanted) return;
    passed += 1;
    if (passed < nth) return;
    rmSync(file);
    appendFileSync(`${file}.hits`, `${boundary}\n`);
    process.kill(process.pid, 'SIGKILL');
  };
}
