import type { Command, CommandKind } from '../../core/events/command';
import type { RecordedEvent } from '../../core/events/recorded-event';
import type { IntakeDependencies } from '../dependencies';
import type { CommandModule, Completion } from './shared/command';
import { commands } from './commands';

const modules: Readonly<{ [Kind in CommandKind]: CommandModule<Kind> }> = commands;

type Commanding<Kind extends CommandKind> = Readonly<{
  event: RecordedEvent;
  command: Command<Kind>;
}>;

/** Does at once whatever the answer to a command promises. */
export async function carryOut(
  dependencies: IntakeDependencies,
  event: RecordedEvent,
): Promise<void> {
  const { command } = event;
  if (command) await carryOutOne(dependencies, { event, command });
}

/** Completes every command among the events. Answers the further events that they bring about. */
export async function settleCommands(
  dependencies: IntakeDependencies,
  events: readonly RecordedEvent[],
): Promise<readonly RecordedEvent[]> {
  const caused: RecordedEvent[] = [];
  for (const event of events) {
    const { command } = event;
    if (command) caused.push(...(await settleOne(dependencies, { event, command })));
  }
  return caused;
}

/** Says whether the command of an event has come to its end. An event without one has. */
export async function complete(
  dependencies: IntakeDependencies,
  event: RecordedEvent,
): Promise<Completion> {
  const { command } = event;
  return command ? completeOne(dependencies, { event, command }) : { isDone: true };
}

function carryOutOne<Kind extends CommandKind>(
  dependencies: IntakeDependencies,
  { event, command }: Commanding<Kind>,
): Promise<void> {
  return modules[command.kind].carryOut(dependencies, event, command);
}

function settleOne<Kind extends CommandKind>(
  dependencies: IntakeDependencies,
  { event, command }: Commanding<Kind>,
): Promise<readonly RecordedEvent[]> {
  return modules[command.kind].settle(dependencies, event, command);
}

function completeOne<Kind extends CommandKind>(
  dependencies: IntakeDependencies,
  { event, command }: Commanding<Kind>,
): Promise<Completion> {
  return modules[command.kind].complete(dependencies, event, command);
}
