import { appendFileSync, existsSync, readFileSync, rmSync } from 'node:fs';
import { z } from 'zod';
import { failpoints, type ReachFailpoint } from './failpoints';

const order = z.strictObject({ failpoint: z.enum(failpoints), nth: z.int().positive() });

/**
 * Kills this process when it passes a failpoint for the n-th time. The order is a file `{
 * "failpoint": "after-signal", "nth": 2 }` that may appear at any time. It is removed before the
 * death, and the hit is written beside it, so that each order is carried out once.
 */
export function killAtFailpoint(file: string): ReachFailpoint {
  let passed = 0;
  return (failpoint) => {
    if (!existsSync(file)) {
      passed = 0;
      return;
    }
    const { failpoint: wanted, nth } = order.parse(JSON.parse(readFileSync(file, 'utf8')));
    if (failpoint !== wanted) return;
    passed += 1;
    if (passed < nth) return;
    rmSync(file);
    appendFileSync(`${file}.hits`, `${failpoint}\n`);
    process.kill(process.pid, 'SIGKILL');
  };
}
