import type { Command, CommandKind } from '../../../core/events/command';
import type { RecordedEvent } from '../../../core/events/recorded-event';
import type { WorkspaceId } from '../../../core/ids';
import type { IntakeDependencies } from '../../dependencies';
import type { EngineEvent } from './engine-event';

/**
 * A command is taken. Its event is to be stored now, or was stored when it was asked for before.
 */
export type Planned =
  | Readonly<{ kind: 'planned'; event: EngineEvent }>
  | Readonly<{ kind: 'asked-before'; event: RecordedEvent }>;

/**
 * Says whether a command has come to its end. If not, it is looked at again at `againAt`, in real
 * milliseconds.
 */
export type Completion = Readonly<{ isDone: true }> | Readonly<{ isDone: false; againAt: number }>;

/** A command, from the request to its end. Each verb but `plan` may be repeated. */
export type CommandModule<Kind extends CommandKind> = Readonly<{
  /**
   * Decides which event of the engine's own carries the command. Else it answers why the command is
   * refused.
   */
  plan(
    dependencies: IntakeDependencies,
    workspace: WorkspaceId,
    request: never,
  ): Promise<Planned | Readonly<{ kind: string }>>;
  /** Does at once whatever the answer promises; the event is stored already. */
  carryOut(
    dependencies: IntakeDependencies,
    event: RecordedEvent,
    command: Command<Kind>,
  ): Promise<void>;
  /**
   * Completes it whenever its event is settled, before the effects on its targets are applied.
   * Answers the further events that it brings about; they are settled with its own.
   */
  settle(
    dependencies: IntakeDependencies,
    event: RecordedEvent,
    command: Command<Kind>,
  ): Promise<readonly RecordedEvent[]>;
  /** Does the rest once the workflows have been told, and says whether that was all. */
  complete(
    dependencies: IntakeDependencies,
    event: RecordedEvent,
    command: Command<Kind>,
  ): Promise<Completion>;
}>;
