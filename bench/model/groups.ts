import type { Machine } from './machine';
import type { Command } from './work';

export type Groups = Readonly<{
  join: (command: Command, home: number, then: () => void) => void;
  /** Of all groups so far. */
  meanSize: () => number;
}>;

type Queue = { waiting: (() => void)[]; underWay: number; isForming: boolean };

/**
 * Commands that concurrent work shares, as `store/mongo/grouped` does. A group is complete when its
 * process comes to it, so whatever arrived before that is in it.
 */
export function createGroups(machine: Machine): Groups {
  const queues = new Map<string, Queue>();
  let groups = 0;
  let members = 0;

  function form(command: Command, home: number, queue: Queue): void {
    if (queue.isForming || queue.underWay === command.atOnce || queue.waiting.length === 0) return;
    queue.isForming = true;
    queue.underWay += 1;
    let group: readonly (() => void)[] = [];
    const gather = () => {
      group = queue.waiting.splice(0);
      queue.isForming = false;
      groups += 1;
      members += group.length;
      return group.length;
    };
    const [first, ...others] = command.steps;
    machine.take(first, { home, sizeOf: gather }, () => {
      inTurn(
        others,
        (step, next) => {
          machine.take(step, { home, sizeOf: () => group.length }, next);
        },
        () => {
          queue.underWay -= 1;
          for (const then of group) then();
          form(command, home, queue);
        },
      );
    });
  }

  return {
    join: (command, home, then) => {
      const name = `${command.name} ${home}`;
      const queue = queues.get(name) ?? { waiting: [], underWay: 0, isForming: false };
      queues.set(name, queue);
      queue.waiting.push(then);
      form(command, home, queue);
    },
    meanSize: () => members / groups,
  };
}

/** Does one after the other, and then goes on. */
export function inTurn<Item>(
  items: readonly Item[],
  perform: (item: Item, next: () => void, n: number) => void,
  then: () => void,
  n = 0,
): void {
  const item = items[n];
  if (item === undefined) then();
  else
    perform(
      item,
      () => {
        inTurn(items, perform, then, n + 1);
      },
      n,
    );
}
