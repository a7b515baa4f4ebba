import type { CommandKind } from '../../core/events/command';
import type { RecordedEvent } from '../../core/events/recorded-event';
import type { WorkspaceId } from '../../core/ids';
import type { IntakeDependencies } from '../dependencies';
import { carryOut } from './carry-out';
import type { Planned } from './shared/command';
import { commands, type CommandRefusals, type CommandRequests } from './commands';
import { storeEngineEvent } from './shared/engine-event';

type Planners = Readonly<{
  [Kind in CommandKind]: Readonly<{
    plan(
      dependencies: IntakeDependencies,
      workspace: WorkspaceId,
      request: CommandRequests[Kind],
    ): Promise<Planned | CommandRefusals[Kind]>;
  }>;
}>;

const planners: Planners = commands;

/** The answer to a request. The event of an accepted request is still to be settled. */
type Asked<Kind extends CommandKind> = Readonly<{
  answer: Readonly<{ kind: 'accepted' }> | CommandRefusals[Kind];
  event?: RecordedEvent;
}>;

/**
 * Stores the event of a command, then carries the command out. After a crash in between, settling
 * the event completes it.
 */
export async function ask<Kind extends CommandKind>(
  dependencies: IntakeDependencies,
  workspace: WorkspaceId,
  { kind, request }: Readonly<{ kind: Kind; request: CommandRequests[Kind] }>,
): Promise<Asked<Kind>> {
  const plan: Planned | CommandRefusals[Kind] = await planners[kind].plan(
    dependencies,
    workspace,
    request,
  );
  if (!isPlanned(plan)) return { answer: plan };
  const event =
    plan.kind === 'asked-before' ? plan.event : await storeEngineEvent(dependencies, plan.event);
  await carryOut(dependencies, event);
  return { answer: { kind: 'accepted' }, event };
}

function isPlanned(plan: Readonly<{ kind: string }>): plan is Planned {
  return plan.kind === 'planned' || plan.kind === 'asked-before';
}
