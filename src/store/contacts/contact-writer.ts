import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ContactId } from '../../core/ids';
import { plainJson } from '../mongo/storable-json';
import type { Rows } from '../mongo/rows';
import { replace } from './contact-revision';
import type { ContactFields, ContactRow } from './contact-row';

/** The fields that a change leaves. Undefined where the change no longer fits the row. */
export type ContactStep = (row: ContactRow) => ContactFields | undefined;

/**
 * Changes a row that was read. Changes of one contact that wait for each other are written
 * together, each upon the one before. Undefined where the row has changed since, where the change
 * does not fit any more, or where another took one of the identities.
 */
export type WriteContact = (row: ContactRow, step: ContactStep) => Promise<ContactRow | undefined>;

type Waiting = Readonly<{
  row: ContactRow;
  step: ContactStep;
  resolve: (row: ContactRow | undefined) => void;
  reject: (error: unknown) => void;
}>;

/** Many who change one contact at once would otherwise race each other for its revision. */
export function createContactWriter(rows: Pick<Rows<ContactRow>, 'changed'>): WriteContact {
  const queues = new Map<ContactId, Waiting[]>();

  async function work(id: ContactId, queue: Waiting[]): Promise<void> {
    let known: ContactRow | undefined;
    await nextTurn();
    while (queue.length > 0) {
      const group = queue.splice(0);
      known = await perform(rows, newestOf(group, known), group);
    }
    queues.delete(id);
  }

  return (row, step) =>
    new Promise((resolve, reject) => {
      const waiting = { row, step, resolve, reject };
      const queue = queues.get(row._id);
      if (queue) queue.push(waiting);
      else {
        const begun = [waiting];
        queues.set(row._id, begun);
        void work(row._id, begun);
      }
    });
}

function newestOf(group: readonly Waiting[], known: ContactRow | undefined): ContactRow {
  const read = group.map(({ row }) => row);
  const candidates = known ? [known, ...read] : read;
  return candidates.reduce((one, other) => (other.revision > one.revision ? other : one));
}

/** Answers the row as it was written. It does not reject. */
async function perform(
  rows: Pick<Rows<ContactRow>, 'changed'>,
  start: ContactRow,
  group: readonly Waiting[],
): Promise<ContactRow | undefined> {
  const { fields, stages } = fold(start, group);
  try {
    const isNew = Object.keys(fields).length > 0;
    const written = isNew ? await replace(rows, start, fields) : start;
    stages.forEach(({ resolve, row }, index) => {
      const isLast = index === stages.length - 1;
      resolve(written && (isLast ? written : { ...row, revision: written.revision }));
    });
    return written;
  } catch (error) {
    stages.forEach(({ reject }) => {
      reject(error);
    });
    return undefined;
  }
}

/** Each change upon the one before. Those that do not fit are answered at once. */
function fold(
  start: ContactRow,
  group: readonly Waiting[],
): Readonly<{ fields: ContactFields; stages: readonly Waiting[] }> {
  let row = start;
  let fields: ContactFields = {};
  const stages: Waiting[] = [];
  for (const waiting of group) {
    try {
      const changed = waiting.step(row);
      if (!changed) {
        waiting.resolve(undefined);
        continue;
      }
      fields = { ...fields, ...changed };
      row = rowAfter(row, changed);
      stages.push({ ...waiting, row });
    } catch (error) {
      waiting.reject(error);
    }
  }
  return { fields, stages };
}

function rowAfter(row: ContactRow, changed: ContactFields): ContactRow {
  const traits = changed.traits && { traits: plainJson(changed.traits) };
  const left = Object.entries({ ...row, ...changed, ...traits });
  return Object.fromEntries(left.filter(([, value]) => value !== undefined)) as typeof row;
}
