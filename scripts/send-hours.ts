import { parseArgs } from 'node:util';
import fc from 'fast-check';
import { anyAsked, faultOf, type Asked } from '../test/support/core/send-hours';

const { values } = parseArgs({
  options: {
    cases: { type: 'string', default: '100000' },
    seed: { type: 'string', default: '1' },
  },
});

/**
 * Asks for the earliest time within hours, in every zone, around changes of clocks and leap days.
 * An oracle of its own judges each answer. Prints the faults with what was asked.
 */
function main(): void {
  const cases = Number(values.cases);
  const asked: readonly Asked[] = fc.sample(anyAsked, {
    numRuns: cases,
    seed: Number(values.seed),
  });
  const faults = asked.flatMap((each) => {
    const fault = faultOf(each);
    return fault === undefined ? [] : [{ fault, ...each }];
  });
  const zones = new Set(asked.map(({ zone }) => zone)).size;
  process.stdout.write(
    `${JSON.stringify({ cases, zones, faults: faults.slice(0, 5) }, null, 2)}\n`,
  );
  process.exitCode = faults.length === 0 && asked.length === cases ? 0 : 1;
}

main();
