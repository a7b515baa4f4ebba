import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { readStackFile } from '../dev/stack/stack-file';
import { attacks } from './attack/attacks';
import { connectionOf, unless } from './attack/connection';
import { addHonestCustomer, attackersOf } from './attack/customers';
import { besiege, growthIn } from './attack/siege';
import { journey } from './outage/shop';
import { createClient, untilFurnished } from './survive/shop';
import { ended, readStack, startStack, untilUp } from './survive/stack';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '2' },
    /** The events that the honest customer sends in a second. */
    rate: { type: 'string', default: '50' },
    /** How long an attack that goes on keeps going. */
    seconds: { type: 'string', default: '8' },
    /** The 99th percentile of the honest customer's answers may take so many milliseconds. */
    within: { type: 'string', default: '500' },
    /** The attacks of these items alone, such as `1,4`. */
    only: { type: 'string' },
  },
});

/**
 * Every attack that has once done harm, one after the other, while an honest customer of another
 * workspace goes on. Each attack says itself which answers are right; beside it the customer is
 * served in time, no process dies, and a second round takes no more memory than the first.
 */
async function main(): Promise<void> {
  const rounds = Number(values.rounds);
  const stateDir = mkdtempSync(join(tmpdir(), 'itinera-attack-'));
  const stack = startStack(stateDir, 1);
  try {
    const { api, apiKey, mailbox } = await untilUp(stateDir, stack.pid ?? 0);
    await untilFurnished(createClient(() => readStack(stateDir)));
    const honestKey = await addHonestCustomer(readStackFile(stateDir)?.mongodb ?? '');
    await publishAs(api, honestKey);
    const attackers = await attackersOf(api, apiKey);
    const floodMs = Number(values.seconds) * 1_000;
    const siege = { stateDir, honestKey, rounds, rate: Number(values.rate) };
    const outcomes = await besiege(
      { ...siege, withinMs: Number(values.within) },
      wanted(),
      (round) => ({ api, mailbox, round, floodMs, ...attackers }),
    );
    const faults = [
      ...outcomes.flatMap(({ item, round, faults: found }) =>
        found.map((fault) => `item ${item}, round ${round}: ${fault}`),
      ),
      ...growthIn(outcomes, rounds),
    ];
    process.stdout.write(`${JSON.stringify({ attacks: outcomes.length, faults }, null, 2)}\n`);
    process.exitCode = faults.length === 0 ? 0 : 1;
  } finally {
    await ended(stack);
    rmSync(stateDir, { recursive: true, force: true });
  }
}

function wanted() {
  const items = values.only?.split(',').map(Number);
  return attacks.filter(({ item }) => items === undefined || items.includes(item));
}

async function publishAs(api: string, key: string): Promise<void> {
  const put = { method: 'PUT', path: `/v1/journeys/${journey.id}`, body: journey };
  const faults = unless([200, 201], 'the honest journey', await connectionOf(api, key)(put));
  if (faults.length > 0) throw new Error(faults.join());
}

void main();
