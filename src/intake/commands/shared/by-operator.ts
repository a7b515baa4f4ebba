import { intervened } from '../../../core/decisions/decisions';
import type { Ending, Enrollment } from '../../../core/enrollments/enrollment';
import type { OperatorCommand } from '../../../core/events/command';
import type { Effect, RecordedEvent } from '../../../core/events/recorded-event';
import type { EnrollmentId, WorkspaceId } from '../../../core/ids';
import type { IntakeDependencies } from '../../dependencies';
import type { CommandModule, Planned } from './command';
import { engineKeyOf } from '../../accept/event-identity';

/**
 * An operator asks for this: `by` names who, `requestId` is the Idempotency-Key. The same one
 * again asks for nothing more.
 */
export type OperatorRequest = Readonly<{
  enrollment: EnrollmentId;
  by: string;
  reason: string;
  requestId?: string;
}>;

/** Nothing can be done to the enrollment, or there is none. */
export type OperatorRefusal =
  | Readonly<{ kind: 'unknown-enrollment' | 'not-waiting' }>
  | Readonly<{ kind: 'ended'; ending: Ending }>;

type Intervention = Readonly<{
  kind: OperatorCommand['kind'];
  /** The name of its event. */
  name: string;
  request: OperatorRequest;
  /** Undefined where the enrollment stands at nothing that it could be done to. */
  effectOn(enrollment: Enrollment): Promise<Effect | undefined>;
}>;

/** Plans a command of an operator as an event whose one target bears the effect. */
export async function planIntervention(
  { store, newEventId }: IntakeDependencies,
  workspace: WorkspaceId,
  { kind, name, request, effectOn }: Intervention,
): Promise<Planned | OperatorRefusal> {
  const { requestId = newEventId(), by, reason } = request;
  const enrollment = await store.enrollments.find(workspace, request.enrollment);
  if (!enrollment) return { kind: 'unknown-enrollment' };
  const { contact, ended } = enrollment;
  const id = `${kind}:${enrollment.id}:${requestId}`;
  const before = await store.events.findByKey(workspace, engineKeyOf(workspace, id));
  if (before) return { kind: 'asked-before', event: before };
  if (ended) return { kind: 'ended', ending: ended };
  const effect = await effectOn(enrollment);
  if (!effect) return { kind: 'not-waiting' };
  const targets = [{ enrollment: enrollment.id, effect }];
  const command = { kind, by, reason };
  return { kind: 'planned', event: { id, name, workspace, contact, targets, command } };
}

/** The enrollment that a command of an operator is about. */
export async function enrollmentOf(
  { store }: IntakeDependencies,
  { workspace, targets: [target] }: RecordedEvent,
): Promise<Enrollment | undefined> {
  return target && store.enrollments.find(workspace, target.enrollment);
}

/**
 * An operator's command is complete once its decision says who stepped in and why. The effect on
 * its target is applied in its turn. Other decisions on the event say whether anything came of it.
 */
export const byOperator = {
  settle: async (dependencies, event, { kind: action, by, reason }) => {
    const enrollment = await enrollmentOf(dependencies, event);
    if (enrollment) {
      const decision = intervened(enrollment, event, { action, by, reason });
      await dependencies.store.decisions.record([decision]);
    }
    return [];
  },
  complete: () => Promise.resolve({ isDone: true }),
} satisfies Pick<CommandModule<OperatorCommand['kind']>, 'settle' | 'complete'>;
