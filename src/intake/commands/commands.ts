import type { CommandKind } from '../../core/events/command';
import type { CommandModule, Planned } from './shared/command';
import { erase } from './erase';
import { exit } from './exit';
import { merge } from './merge';
import { skipWait } from './skip-wait';

/** Every command. The rest of intake asks this table and knows none of them. */
export const commands = { exit, 'skip-wait': skipWait, merge, erase } satisfies {
  [Kind in CommandKind]: CommandModule<Kind>;
};

type Plans = { [Kind in CommandKind]: (typeof commands)[Kind]['plan'] };

/** The request for a command, by its kind. */
export type CommandRequests = Readonly<{
  [Kind in CommandKind]: Parameters<Plans[Kind]>[2];
}>;

/** Why a command is refused, by its kind. */
export type CommandRefusals = Readonly<{
  [Kind in CommandKind]: Exclude<Awaited<ReturnType<Plans[Kind]>>, Planned>;
}>;
