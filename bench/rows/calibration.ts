import { startBare, tellBare } from '../bare';
import type { Bench } from '../bench';
import { closedLoop } from '../closed-loop';
import { repeat, type Side } from '../interleave';
import { figureRow, type Row } from '../row';
import { untilSettled } from '../settled';

const lanes = 32;
const inserts = 4_000;
const signals = 2_000;
const workflows = 400;

/** B0: the parts underneath alone. It judges nothing; it describes the machine of the ratios. */
export async function calibration(bench: Bench): Promise<readonly Row[]> {
  const heard = await startBare(bench, 'calibration', workflows);
  const insert: Side = async (round) => {
    await closedLoop({ count: inserts, lanes }, async (n) => {
      await bench.scratch.insertOne({ round, n, name: 'Bench', properties: { price: 12.5 } });
    });
    return inserts;
  };
  const start: Side = async (round) => {
    await untilSettled(bench, await startBare(bench, `calibration-${round}`, workflows));
    return workflows;
  };
  const signal: Side = async () => {
    await closedLoop({ count: signals, lanes }, (n) =>
      tellBare(bench, heard[n % workflows] ?? '', n),
    );
    await untilSettled(bench, heard);
    return signals;
  };
  return [
    await figure(bench, 'inserts into the store, one command each', insert),
    await figure(bench, 'starts of a bare workflow and first tasks', start),
    await figure(bench, 'raw signals to bare workflows', signal),
    ...(await transactions(bench)),
  ];
}

async function figure(bench: Bench, what: string, side: Side): Promise<Row> {
  const measures = await repeat(bench, side);
  return figureRow(
    what,
    measures.map(({ perSecond }) => perSecond),
  );
}

async function transactions({ postgres }: Bench): Promise<readonly Row[]> {
  if (!postgres) return [];
  return [
    figureRow('short transactions of PostgreSQL, by pgbench', [
      await postgres.transactionsPerSecond(),
    ]),
  ];
}
