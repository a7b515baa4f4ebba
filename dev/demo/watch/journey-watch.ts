import type { Instant } from '../../../src/core/time/clock';
import type { EngineRecord, Enrolled, Refused } from '../record';
import type { Shopper } from '../shoppers';

type Watch = Readonly<{
  record: EngineRecord;
  now: () => Instant;
  onChange: (at: Instant, shopper: Shopper, what: string) => void;
}>;

/** Tells once of each enrollment that it began, and once that it ended, and of each refusal. */
export function watchJourneys({ record, now, onChange }: Watch): () => Promise<void> {
  const told = new Set<string>();
  return async () => {
    const [enrollments, refusals] = await Promise.all([record.enrollments(), record.refusals()]);
    const news = [...enrollments.flatMap(changesOf), ...refusals.map(changeOfRefusal)];
    for (const { id, shopper, what } of news.filter((change) => !told.has(change.id))) {
      told.add(id);
      onChange(now(), shopper, what);
    }
  };
}

type Change = Readonly<{ id: string; shopper: Shopper; what: string }>;

function changesOf({ id, shopper, journey, ended }: Enrolled): readonly Change[] {
  const begun = { id: `${id} begun`, shopper, what: `enters ${journey}` };
  if (!ended) return [begun];
  const { as, because } = ended;
  return [begun, { id: `${id} ended`, shopper, what: `leaves ${journey}: ${as} (${because})` }];
}

function changeOfRefusal({ shopper, journey, reason, at }: Refused): Change {
  return { id: `${shopper} ${journey} ${at}`, shopper, what: `${journey} refuses her: ${reason}` };
}
