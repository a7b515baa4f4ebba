import type { Decision } from '../core/decisions/decision';
import type { ActivityDependencies } from './dependencies';

/**
 * Records a decision with the notes before it, and answers the decision that stands. An activity
 * that runs again finds the one of the first time, which holds.
 */
export async function recordOnce(
  { store }: Pick<ActivityDependencies, 'store'>,
  decision: Decision,
  notes: readonly Decision[],
): Promise<Decision> {
  const written = await store.decisions.record([...notes, decision]);
  if (written.at(-1)) return decision;
  return (await store.decisions.find(decision.workspace, decision.id)) ?? decision;
}
