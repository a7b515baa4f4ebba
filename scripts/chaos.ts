import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { publishChaos } from './chaos/journeys';
import { keepKilling } from './chaos/killer';
import { judge } from './chaos/oracle';
import { createRandom } from './chaos/random';
import { goShopping } from './chaos/shoppers';
import { createClient, untilFurnished } from './survive/shop';
import { ended, readStack, startStack, untilUp } from './survive/stack';

const { values } = parseArgs({
  options: {
    events: { type: 'string', default: '2000' },
    kills: { type: 'string', default: '30' },
    rate: { type: 'string', default: '40' },
    seed: { type: 'string', default: '1' },
  },
});
const timeScale = 60;

/**
 * Clients of several kinds send while processes die. Then an oracle with its own truth names every
 * loss and double.
 */
async function main(): Promise<void> {
  const [events, kills, seed] = [Number(values.events), Number(values.kills), Number(values.seed)];
  const stateDir = mkdtempSync(join(tmpdir(), 'itinera-chaos-'));
  const failpointFile = join(stateDir, 'failpoint.json');
  const random = createRandom(seed);
  const stack = startStack(stateDir, timeScale, { ITINERA_FAILPOINT_FILE: failpointFile });
  const client = createClient(() => readStack(stateDir));
  try {
    await untilUp(stateDir, stack.pid ?? 0);
    // A kill in the middle of that is not what this run is about.
    await untilFurnished(client);
    await publishChaos(client);
    let isKilling = true;
    const killing = keepKilling({ stateDir, failpointFile, random, kills }).finally(() => {
      isKilling = false;
    });
    const { carts, accepted } = await goShopping(client, createRandom(seed + 1), {
      lanes: 6,
      perSecond: Number(values.rate),
      isOver: (sent) => sent >= events && !isKilling,
    });
    const done = await killing;
    const { lost, doubled, unknown } = await judge(client, { carts, stateDir });
    const report = {
      seed,
      accepted,
      carts: carts.length,
      lost,
      doubled,
      unknown,
      retries: client.retries(),
      kills: done,
    };
    process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
    const isClean = lost.length === 0 && doubled.length === 0 && done.every(({ hit }) => hit);
    process.exitCode = isClean ? 0 : 1;
  } finally {
    await ended(stack);
    rmSync(stateDir, { recursive: true, force: true });
  }
}

void main();
