import { DefaultLogger, Runtime } from '@temporalio/worker';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { cacheFolder, projectFolder } from '../dev/project-folder';
import { checkOut } from './against/checkout';
import { startContender, type Contender } from './against/contender';
import { started, whole } from './against/journey';
import { inRounds, measure, type Measure, type Pair } from './interleave';
import { keep } from './keep';
import { markdownOf, thisMachine } from './report';
import { atMost, ratioRow, sidesOf, type Row } from './row';
import { startCluster, type Cluster } from './temporal/server';

const { values } = parseArgs({
  options: {
    /** The commit to compare with. */
    ref: { type: 'string' },
    rounds: { type: 'string', default: '5' },
    count: { type: 'string', default: '400' },
    /** On Temporal's development server instead of PostgreSQL. */
    dev: { type: 'boolean', default: false },
  },
});

/** Measures this commit against a former one, in one run: the same work in turn, A B A B. */
async function main(): Promise<void> {
  if (values.ref === undefined) throw new Error('--ref: name the commit to compare with');
  Runtime.install({ logger: new DefaultLogger('ERROR') });
  const folder = mkdtempSync(join(tmpdir(), 'itinera-against-'));
  try {
    const cluster = values.dev
      ? undefined
      : await startCluster(join(folder, 'cluster'), join(cacheFolder, 'bench'));
    try {
      const rows = await compare({ folder, cluster, former: checkOut(values.ref) });
      const report = {
        at: new Date().toISOString(),
        against: `Against ${values.ref}, on ${cluster?.label ?? "Temporal's development server"}`,
        machine: thisMachine(),
        rounds: Number(values.rounds),
        rows,
      };
      keep(
        report,
        join(__dirname, 'results'),
        `${report.at.slice(0, 10)}-against-${cluster ? 'postgres' : 'development'}`,
      );
      process.stdout.write(markdownOf(report));
      process.exitCode = rows.every(({ isMet }) => isMet) ? 0 : 1;
    } finally {
      await cluster?.stop();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

type Wishes = Readonly<{ folder: string; cluster: Cluster | undefined; former: string }>;

async function compare({ folder, cluster, former }: Wishes): Promise<readonly Row[]> {
  const now = await startContender({ name: 'now', project: projectFolder, folder, cluster });
  try {
    const then = await startContender({ name: 'then', project: former, folder, cluster });
    try {
      return [startsRow(await inTurn(now, then, started)), costRow(await inTurn(now, then, whole))];
    } finally {
      await then.close();
    }
  } finally {
    await now.close();
  }
}

type Work = (contender: Contender, count: number, round: number) => Promise<number>;

async function inTurn(now: Contender, then: Contender, work: Work): Promise<readonly Pair[]> {
  const count = Number(values.count);
  const side = (contender: Contender, round: number) =>
    measure(contender.processes, () => work(contender, count, round));
  return inRounds(Number(values.rounds), async (round) => ({
    product: await side(now, round),
    baseline: await side(then, round),
  }));
}

function startsRow(pairs: readonly Pair[]): Row {
  const what = 'journeys started a second, from the entry event to the first wait';
  return ratioRow({ id: 'starts', what, baseline: 'the same then', least: 1.5, pairs, faults: [] });
}

const mostCost = 0.5;

/** The CPU that all processes use for one journey. */
function costRow(pairs: readonly Pair[]): Row {
  const ratios = pairs.map(({ product, baseline }) => allOf(product) / allOf(baseline));
  return {
    id: 'cost',
    what: 'CPU of one journey, entry → wait → mail → end',
    baseline: 'the same then',
    ...atMost(ratios, mostCost),
    faults: [],
    sides: sidesOf(pairs),
  };
}

function allOf({ cpuMs }: Measure): number {
  const { generator: _, ...product } = cpuMs;
  return Object.values(product).reduce((sum, ms) => sum + ms, 0);
}

void main();
