import { startBare, tellBare } from '../bare';
import type { Bench } from '../bench';
import { closedLoop } from '../closed-loop';
import { interleave, type Side } from '../interleave';
import { enterAll, pingOf, publishListening } from '../listening';
import { ratioRow, type Row } from '../row';
import { untilDelivered, untilSettled } from '../settled';

const people = 400;
const perRound = 2_000;
const lanes = 32;
const burst = 20;
/** More of them, so that looking whether a round has settled weighs as little as for the others. */
const bursts = 500;

/**
 * B3: an event that a journey hears, through REST to the worker. B4: twenty of them for a contact
 * at once.
 */
export async function heardEvents(bench: Bench): Promise<readonly Row[]> {
  await publishListening(bench);
  const users = Array.from({ length: people }, (_, n) => `listener-${n}`);
  const journeys = await enterAll(bench, users);
  const bare = await startBare(bench, 'hearing', people);
  await untilSettled(bench, [...journeys, ...bare]);

  const side = (ids: readonly string[], calls: number, call: Call, size = 1): Side => {
    return async (round) => {
      await closedLoop({ count: calls, lanes }, (n) => call(round, n));
      await untilDelivered(bench);
      await untilSettled(bench, ids);
      return calls * size;
    };
  };
  const raw = side(bare, perRound, (_round, n) => tellBare(bench, bare[n % people] ?? '', n));
  const single = side(journeys, perRound, (round, n) =>
    bench.post('/v1/events', pingOf(`single-${round}-${n}`, users[n % people] ?? '')),
  );
  const inBursts = side(
    journeys,
    bursts,
    (round, n) => bench.post('/v1/events', burstOf(`burst-${round}-${n}`, users[n % people] ?? '')),
    burst,
  );
  const baseline = 'raw signals to a bare workflow through the client';
  const singles = await interleave(bench, single, raw);
  const bursting = await interleave(bench, inBursts, raw);
  const faults = await faultsOf(bench, (perRound + bursts * burst) * (bench.rounds + 1));
  return [
    ratioRow({ id: 'B3', what: 'heard events', baseline, least: 0.8, pairs: singles, faults }),
    ratioRow({
      id: 'B4',
      what: `heard events in bursts of ${burst} for a contact`,
      baseline,
      least: 5,
      pairs: bursting,
      faults,
    }),
  ];
}

type Call = (round: number, n: number) => Promise<void>;

function burstOf(id: string, userId: string) {
  return { events: Array.from({ length: burst }, (_, n) => pingOf(`${id}-${n}`, userId)) };
}

/** Each was told to its one journey, and Temporal has taken it. */
async function faultsOf({ events }: Bench, sent: number): Promise<readonly string[]> {
  const told = { name: 'Ping', status: 'delivered', 'targets.0.at': { $exists: true } };
  const right = await events.countDocuments({ ...told, 'targets.1': { $exists: false } });
  return right === sent ? [] : [`${right} of ${sent} events were told to one journey`];
}
