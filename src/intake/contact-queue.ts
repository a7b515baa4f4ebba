import { setImmediate as nextTurn } from 'node:timers/promises';

type Job<Item> = (items: readonly Item[]) => Promise<void>;

/**
 * A serial queue per contact. Items pushed in one turn of the event loop, or while a job runs, form
 * the next job's batch.
 */
export type ContactQueue<Item> = Readonly<{
  push(contact: string, item: Item): void;
  /** Resolves when nothing is under way and nothing waits. */
  idle(): Promise<void>;
}>;

/** `run` must not reject. */
export function createContactQueue<Item>(run: Job<Item>): ContactQueue<Item> {
  const waiting = new Map<string, Item[]>();
  const running = new Map<string, Promise<void>>();

  async function work(contact: string): Promise<void> {
    await nextTurn();
    for (let items = take(contact); items.length > 0; items = take(contact)) await run(items);
    running.delete(contact);
  }

  function take(contact: string): readonly Item[] {
    const items = waiting.get(contact) ?? [];
    waiting.delete(contact);
    return items;
  }

  return {
    push: (contact, item) => {
      waiting.set(contact, [...(waiting.get(contact) ?? []), item]);
      if (!running.has(contact)) running.set(contact, work(contact));
    },
    idle: async () => {
      while (running.size > 0) await Promise.all(running.values());
    },
  };
}
