import type { Command, Context } from './commands/command';
import { explain } from './commands/explain';
import { findAndModify } from './commands/find-and-modify';
import { handshake } from './commands/handshake';
import { reads } from './commands/read';
import { schema } from './commands/schema';
import { writes } from './commands/write';
import type { Doc } from './storage/document';
import { CommandError, failureReply } from './failure';

const commands: ReadonlyMap<string, Command> = new Map(
  Object.entries({
    ...handshake,
    ...reads,
    ...writes,
    ...schema,
    findAndModify,
    explain,
  }),
);

/** Runs one command to its answer; `commit` keeps what it changed and comes before any answer. */
export function dispatch(body: Doc, context: Context, commit: () => void): Doc {
  try {
    const answer = answerOrFailure(body, context);
    commit();
    return answer;
  } catch (error) {
    return failureReply(error);
  }
}

function answerOrFailure(body: Doc, context: Context): Doc {
  try {
    refuseTransaction(body);
    return { ...commandIn(body)(body, context), ok: 1 };
  } catch (error) {
    return failureReply(error);
  }
}

function refuseTransaction(body: Doc): void {
  if (!('txnNumber' in body) && !('startTransaction' in body)) return;
  throw new CommandError(
    'IllegalOperation',
    'Transaction numbers are only allowed on a replica set member or mongos',
  );
}

function commandIn(body: Doc): Command {
  const name = Object.keys(body)[0] ?? '';
  const command = commands.get(name);
  if (command) return command;
  throw new CommandError('CommandNotFound', `no such command: '${name}'`);
}
