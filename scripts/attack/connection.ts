import { setTimeout as pause } from 'node:timers/promises';

export type Heard = Readonly<{ status: number; text: string }>;
type Asking = Readonly<{ method: string; path: string; body?: unknown }>;

/** Asks once, and answers whatever the api says. `status` 0 stands for no answer at all. */
export type Connection = (asking: Asking) => Promise<Heard>;

const answerWithinMs = 60_000;

export function connectionOf(api: string, key: string | undefined): Connection {
  return async ({ method, path, body }) => {
    const response = await fetch(`${api}${path}`, {
      method,
      headers: {
        'content-type': 'application/json',
        ...(key !== undefined && { authorization: `Bearer ${key}` }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(answerWithinMs),
    }).catch(() => undefined);
    const text = (await response?.text().catch(() => '')) ?? '';
    return { status: response?.status ?? 0, text };
  };
}

const patienceMs = 60_000;

/** Asks again while its key has sent more than it may, and while the api is too busy for it. */
export function patient(ask: Connection): Connection {
  return async (asking) => {
    const endsAt = performance.now() + patienceMs;
    for (;;) {
      const heard = await ask(asking);
      if (![429, 503].includes(heard.status) || performance.now() > endsAt) return heard;
      await pause(1_000);
    }
  };
}

/** Asks for what an attack builds on: again where its key has sent too much, and never in vain. */
export function surely(ask: Connection): Connection {
  return async (asking) => {
    const heard = await patient(ask)(asking);
    if (heard.status >= 200 && heard.status < 300) return heard;
    throw new Error(`${asking.method} ${asking.path}: ${heard.status} ${heard.text.slice(0, 300)}`);
  };
}

/** A fault where an answer has none of the statuses that are right. */
export function unless(statuses: readonly number[], told: string, { status, text }: Heard) {
  return statuses.includes(status) ? [] : [`${told}: answered ${status} ${text.slice(0, 300)}`];
}

type Flood = Readonly<{ lanes: number; forMs: number }>;

/** Asks over and over in several lanes. Answers how often each status was heard. */
export async function flood(
  { lanes, forMs }: Flood,
  ask: (nth: number) => Promise<Heard>,
): Promise<ReadonlyMap<number, number>> {
  const heard = new Map<number, number>();
  const endsAt = performance.now() + forMs;
  let asked = 0;
  const walk = async () => {
    while (performance.now() < endsAt) {
      asked += 1;
      const { status } = await ask(asked);
      heard.set(status, (heard.get(status) ?? 0) + 1);
    }
  };
  await Promise.all(Array.from({ length: lanes }, walk));
  return heard;
}

/** A fault for each status of a flood that is not right. */
export function among(
  statuses: readonly number[],
  told: string,
  heard: ReadonlyMap<number, number>,
): readonly string[] {
  return [...heard]
    .filter(([status]) => !statuses.includes(status))
    .map(([status, times]) => `${told}: answered ${status} in ${times} cases`);
}
