import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { readStackFile } from '../dev/stack/stack-file';
import { createRandom } from './chaos/random';
import { keepKillingSends } from './chaos-sends/killer';
import { judge, linesWhenEnded } from './chaos-sends/oracle';
import { startKeyedProvider, startMailServer } from './chaos-sends/provider';
import { publish, race } from './chaos-sends/races';
import { createClient, untilFurnished } from './survive/shop';
import { ended, readStack, startStack, untilUp } from './survive/stack';

const { values } = parseArgs({
  options: {
    races: { type: 'string', default: '300' },
    kills: { type: 'string', default: '16' },
    seed: { type: 'string', default: '1' },
    /** `keyed`: a provider that drops repeats with the same key; `smtp`: a mail server. */
    provider: { type: 'string', default: 'keyed' },
    /** Real milliseconds after its rival in which a hand-over may still reach the provider. */
    late: { type: 'string', default: '500' },
  },
});
const timeScale = 60;
const lanes = 10;

/**
 * Purchases, unsubscriptions and erasures race the reminder that is due at the same time, while the
 * worker dies around its hand-over. The provider's own log says what went out, and when.
 */
async function main(): Promise<void> {
  const [races, kills, seed] = [Number(values.races), Number(values.kills), Number(values.seed)];
  const stateDir = mkdtempSync(join(tmpdir(), 'itinera-chaos-sends-'));
  const failpointFile = join(stateDir, 'failpoint.json');
  const random = createRandom(seed);
  const isKeyed = values.provider === 'keyed';
  const provider = await (isKeyed ? startKeyedProvider(random) : startMailServer());
  const environment = { EMAIL_URL: provider.url, ITINERA_FAILPOINT_FILE: failpointFile };
  const stack = startStack(stateDir, timeScale, environment);
  const client = createClient(() => readStack(stateDir));
  try {
    await untilUp(stateDir, stack.pid ?? 0);
    await untilFurnished(client);
    await publish(client);
    const clock = readStackFile(stateDir)?.clock;
    if (!clock) throw new Error('The stack has no clock');
    const handedOver = () => provider.handOvers.length;
    let isKilling = kills > 0;
    const killing = keepKillingSends({ failpointFile, random, kills, handedOver }).finally(() => {
      isKilling = false;
    });
    const isOver = (begun: number) => begun >= races && !isKilling;
    const course = {
      isOver,
      lanes,
      timeScale,
      random: createRandom(seed + 1),
      handOvers: () => provider.handOvers,
    };
    const raced = await race(client, course);
    const killed = await killing;
    const lines = await linesWhenEnded(client, clock);
    const { handOvers } = provider;
    const verdict = judge({ raced, lines, handOvers, killed }, Number(values.late));
    const report = {
      seed,
      provider: values.provider,
      races: raced.length,
      kills: killed.length,
      ...verdict,
    };
    process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
    process.exitCode = verdict.faults.length === 0 ? 0 : 1;
  } finally {
    await ended(stack);
    await provider.stop();
    rmSync(stateDir, { recursive: true, force: true });
  }
}

void main();
