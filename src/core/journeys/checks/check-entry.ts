import type { FactPath } from '../../conditions/condition';
import { segmentsOf } from '../../conditions/fact-path';
import type { Fault } from '../../domain-error';
import { quoted } from '../../quoted';
import { keyPerContact, type Journey } from '../journey';
import { endAt } from '../steps/kinds';

/** Finds key paths that never have one value, and ends that never come about. */
export function checkEntry(journey: Journey): readonly Fault[] {
  return [...checkKey(journey), ...checkExitKeys(journey), ...checkAgain(journey)];
}

function checkKey({ entry }: Journey): readonly Fault[] {
  return (entry.key ?? []).flatMap((path, index, paths) =>
    isKeyPath(path) || (path === keyPerContact && index === paths.length - 1)
      ? []
      : [
          {
            pointer: `/entry/key/${index}`,
            code: 'unfit-key',
            detail: `The entry's key "${path}" never has one value; write a path below the entry event such as "properties.cart_id", or "contact" as the last`,
          },
        ],
  );
}

function isKeyPath(path: FactPath): boolean {
  return /^properties[.[]/.test(path) && segmentsOf(path).every(({ isList }) => !isList);
}

function checkExitKeys({ entry: { key: known = [] }, exits = [] }: Journey): readonly Fault[] {
  const remedy =
    known.length === 0 ? 'give the entry a "key" first' : `name some of ${quoted(known)}`;
  return exits.flatMap(({ as, key = [] }, exit) =>
    key.flatMap((path, index) => {
      if (known.includes(path)) return [];
      const detail = `Exit "${as}" has the key "${path}", which no entry gives; ${remedy}`;
      return [{ pointer: `/exits/${exit}/key/${index}`, code: 'unfit-key', detail }];
    }),
  );
}

/** An end that never comes about would let everybody in again. */
function checkAgain(journey: Journey): readonly Fault[] {
  const { again } = journey.entry;
  if (typeof again !== 'object' || !('notAfter' in again)) return [];
  const ends = endsOf(journey);
  return again.notAfter.flatMap((as, index) => {
    if (ends.includes(as)) return [];
    const detail = `The entry names the end "${as}", which this journey does not have; name one of ${quoted(ends)}`;
    return [{ pointer: `/entry/again/notAfter/${index}`, code: 'unknown-end', detail }];
  });
}

/** Every word an enrollment of this journey may end as by itself. */
function endsOf({ exits = [], steps }: Journey): readonly string[] {
  const own = [...exits.map(({ as }) => as), ...steps.flatMap((step) => endAt(step) ?? [])];
  return [...new Set([...own, 'completed', 'expired', 'stopped'])];
}
