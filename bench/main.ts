import { bundleWorkflowCode, DefaultLogger, Runtime } from '@temporalio/worker';
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ended, startStack, unlimited, untilUp } from '../scripts/survive/stack';
import { cacheFolder } from '../dev/project-folder';
import { openBench, type Bench, type StackAddresses } from './bench';
import { keep } from './keep';
import { startMailSink } from './mail-sink';
import { freePorts } from './ports';
import { markdownOf, thisMachine, type Report } from './report';
import type { Row } from './row';
import { calibration } from './rows/calibration';
import { crowds } from './rows/crowds';
import { dueStorms } from './rows/due-storms';
import { heaps } from './rows/heaps';
import { heardEvents } from './rows/heard-events';
import { histories } from './rows/histories';
import { reach } from './rows/reach';
import { replays } from './rows/replays';
import { restarts } from './rows/restarts';
import { starts } from './rows/starts';
import { unheardEvents } from './rows/unheard-events';
import { waitingBytes } from './rows/waiting-bytes';
import { startCluster, type Cluster } from './temporal/server';
import { isUp } from './is-up';
import { probed } from './heap/heap';
import { stackWorker, startBareWorker } from './workers';

const groups: Readonly<Record<string, (bench: Bench) => Promise<readonly Row[]>>> = {
  B0: calibration,
  B1: unheardEvents,
  B3: heardEvents,
  B5: starts,
  B6: reach,
  B7: histories,
  B8: waitingBytes,
  B10: crowds,
  B11: heaps,
  B12: replays,
  B13: dueStorms,
  B15: restarts,
};

/**
 * Measures the product against the best that its parts could do, in one run. Prints and keeps the
 * table.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      rounds: { type: 'string', default: '5' },
      due: { type: 'string', default: '10000' },
      waiting: { type: 'string', default: '20000' },
      only: { type: 'string', multiple: true, default: Object.keys(groups) },
    },
  });
  const unknown = values.only.find((id) => !(id in groups));
  if (unknown !== undefined) {
    throw new Error(
      `--only ${unknown}: there is ${Object.keys(groups).join(', ')}; B1 has B2 with it, B3 has B4`,
    );
  }
  Runtime.install({ logger: new DefaultLogger('ERROR') });
  const folder = mkdtempSync(join(tmpdir(), 'itinera-bench-'));
  try {
    const cluster = await startCluster(join(folder, 'cluster'), join(cacheFolder, 'bench'));
    try {
      const sizes = { due: Number(values.due), waiting: Number(values.waiting) };
      const rounds = Number(values.rounds);
      const report = await measure({ folder, cluster, rounds, sizes }, values.only);
      process.stdout.write(markdownOf(report));
      process.exitCode = report.rows.every(counts) ? 0 : 1;
    } finally {
      await cluster?.stop();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function counts({ isMet, faults }: Row): boolean {
  return isMet !== false && faults.length === 0;
}

async function measure(wishes: Wishes, only: readonly string[]): Promise<Report> {
  const { bench, close } = await surround(wishes);
  try {
    let report: Report = {
      at: new Date().toISOString(),
      against: wishes.cluster?.label ?? "Temporal's development server: no Go or PostgreSQL here",
      machine: thisMachine(),
      rounds: bench.rounds,
      rows: [],
    };
    for (const id of only) {
      report = { ...report, rows: [...report.rows, ...((await groups[id]?.(bench)) ?? [])] };
      // After each group, so that a later one that fails takes nothing with it.
      keep(report, join(__dirname, 'results'), nameOf(report, only));
    }
    return report;
  } finally {
    await close();
  }
}

/** A run of some groups never replaces the whole one of its day. */
function nameOf({ at }: Report, only: readonly string[]): string {
  const isWhole = Object.keys(groups).every((id) => only.includes(id));
  return [at.slice(0, 10), ...(isWhole ? [] : only)].join('-');
}

type Wishes = Readonly<{ folder: string; cluster: Cluster | undefined }> &
  Pick<Bench, 'rounds' | 'sizes'>;

/** The product's own stack, and beside it the bare server and the bare worker. */
async function surround({ folder, cluster, ...wishes }: Wishes) {
  const state = join(folder, 'state');
  const mails = await startMailSink();
  const product = startStack(state, 1, {
    SMTP_URL: mails.url,
    ...(cluster && { TEMPORAL_ADDRESS: cluster.address }),
    NODE_OPTIONS: probed.join(' '),
    ...unlimited,
  });
  const stack = (await untilUp(state, product.pid ?? 0)) as StackAddresses;
  const [port = 0] = await freePorts(1);
  const bareQueue = 'bench-bare';
  const server = start('baseline/events-server.ts', [stack.mongodb, String(port)]);
  const bare = startBareWorker([stack.temporal, bareQueue, await bareBundle(folder)]);
  const workers = { product: stackWorker(state), bare };
  await isUp('The bare server', port, server);
  const bench = await openBench({
    stack,
    bareOrigin: `http://127.0.0.1:${port}`,
    bareQueue,
    mailsHeardAt: mails.heardAt,
    mailsDoubled: mails.doubled,
    workers,
    ...wishes,
    postgres: cluster?.postgres,
    processes: {
      ...cluster?.processes,
      ...stack.processes,
      get worker() {
        return workers.product.pid();
      },
      'bare server': server.pid ?? 0,
      get 'bare worker'() {
        return bare.pid();
      },
      generator: process.pid,
    },
  });
  const close = async () => {
    await bench.close();
    await Promise.all([bare.end(), ...[server, product].map((child) => ended(child))]);
    await mails.close();
  };
  return { bench, close };
}

async function bareBundle(folder: string): Promise<string> {
  const workflowsPath = join(__dirname, 'baseline/workflow.ts');
  const { code } = await bundleWorkflowCode({ workflowsPath, logger: new DefaultLogger('ERROR') });
  const path = join(folder, 'bare-workflows.js');
  writeFileSync(path, code);
  return path;
}

function start(file: string, args: readonly string[]): ChildProcess {
  return spawn(process.execPath, ['--import', 'tsx', join(__dirname, file), ...args], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

void main();
