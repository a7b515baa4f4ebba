import { createRecent } from '../../process/cache';
import type { Store } from '../../store/store';
import { withStallTimeout } from '../http/stall-timeout';
import { isPrepared } from '../prepare-store';

/** Says which of the servers that the api works with answer it. It never rejects. */
export type PartsUp = () => Promise<Readonly<{ mongodb: boolean; temporal: boolean }>>;

const probeMs = 1_200;
const keptMs = 1_000;

type Servers = Readonly<{
  store: Store;
  workflows: Readonly<{ isReachable: () => Promise<boolean> }>;
}>;

/** Asks the servers at most once a second, however often it is asked itself. */
export function createPartsUp({ store, workflows }: Servers): PartsUp {
  const load = async () => {
    const [mongodb, temporal] = await Promise.all([
      isUp(() => isPrepared(store)),
      isUp(() => workflows.isReachable()),
    ]);
    return { mongodb, temporal };
  };
  const recent = createRecent({ load, maxAgeMs: keptMs });
  return () => recent.of('parts');
}

async function isUp(probe: () => Promise<boolean>): Promise<boolean> {
  return withStallTimeout(probeMs, probe).catch(() => false);
}
