import type { Decision } from '../core/decisions/decision';
import { noted } from '../core/decisions/decisions';
import type { Ending, Enrollment } from '../core/enrollments/enrollment';
import type { PerformInstruction } from '../core/enrollments/instruction';
import type { HandledOutcome } from '../core/enrollments/outcome';
import { prunedTo } from '../core/conditions/pruned';
import type { CompiledJourney } from '../core/journeys/compiled-journey';
import type { Instant } from '../core/time/clock';
import { closeEnrollment, closeUnlessRefreshed } from '../intake/close-enrollment';
import type { ActivityDependencies } from './dependencies';
import { recordOnce } from './record-once';

/** The finished work of a step. `ending` is present where the enrollment was found ended. */
export type Work = Readonly<{
  enrollment: Enrollment;
  journey: CompiledJourney;
  instruction: Pick<PerformInstruction, 'step' | 'following' | 'notes'>;
  decision: Decision;
  ending?: Omit<Ending, 'at'> | undefined;
}>;

/**
 * Records the decision and the notes, then moves the enrollment on or closes it. A repeat changes
 * nothing. If a refresh has replaced the entry that the next place rests on, it answers the newer
 * one and leaves the way to the workflow.
 */
export async function recordWork(
  dependencies: ActivityDependencies,
  work: Work,
): Promise<HandledOutcome> {
  const { enrollment, instruction, ending } = work;
  const { step, notes } = instruction;
  const { at } = await recordOnce(dependencies, work.decision, noted(enrollment, notes));
  const handled = { kind: 'handled', step, at, written: notes.length } as const;
  if (ending) {
    const standing = await closeEnrollment(dependencies, enrollment, endingOf(ending, at));
    return { ...handled, ...endedAs(standing) };
  }
  return { ...handled, ...(await follow(dependencies, work, at)) };
}

type Followed = Pick<HandledOutcome, 'ended' | 'entry'>;

async function follow(
  dependencies: ActivityDependencies,
  work: Work,
  at: Instant,
): Promise<Followed> {
  const { enrollment } = work;
  const { following } = work.instruction;
  const { on } = following;
  if (following.kind === 'step') {
    const { workspace, id } = enrollment;
    const position = { step: following.step, since: at, on };
    const isMoved = await dependencies.store.enrollments.moveTo(workspace, id, position);
    return isMoved || on === undefined ? {} : newerEntryOf(dependencies, work);
  }
  const ending = endingOf(following, at);
  if (on === undefined) return endedAs(await closeEnrollment(dependencies, enrollment, ending));
  const standing = await closeUnlessRefreshed(dependencies, enrollment, { ending, on });
  return standing ? endedAs(standing) : newerEntryOf(dependencies, work);
}

async function newerEntryOf(
  { store }: ActivityDependencies,
  { enrollment, journey, instruction }: Work,
): Promise<Followed> {
  const fresh = await store.enrollments.find(enrollment.workspace, enrollment.id);
  if (!fresh || fresh.snapshot.event === instruction.following.on) return {};
  const properties = prunedTo(fresh.snapshot.properties, journey.needs.entry);
  return { entry: { ...fresh.snapshot, properties } };
}

function endedAs({ as, because, by }: Ending): Followed {
  return { ended: { as, because, ...(by && { by: by.event }) } };
}

function endingOf({ as, because, by }: Omit<Ending, 'at'>, at: Instant): Ending {
  return { as, because, at, ...(by && { by }) };
}
