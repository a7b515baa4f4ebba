import { bare, idOf, noValues } from '../json/id-of';
import type { Json } from '../json/json';
import { blanks, controls, formats, patternOtherThan } from '../json/pattern';
import type { ContactRef } from './contact';

/** Clients write these texts for a person whom they do not know. */
const nobodies: ReadonlySet<string> = new Set([
  'guest',
  'anonymous',
  'unknown',
  'not_authenticated',
  'true',
  'false',
  '-1',
  'id',
  'email',
  'user_id',
  'userid',
  'anonymous_id',
  'anonymousid',
  'distinct_id',
  'distinctid',
  '00000000-0000-0000-0000-000000000000',
]);

/** The pattern of texts that `personIdOf` takes for an id. Something of an id can be seen. */
export const personIdPattern = `${patternOtherThan([...noValues, '0', ...nobodies])}(?=[\\s\\S]*[^${blanks}${controls}${formats}\ufffd])`;

/** Characters that nobody sees, and the character that stands for a broken one. */
const unseen = /[\p{Cc}\p{Cf}\ufffd]/gu;

/**
 * The id of a person that a value states. Undefined where `idOf` finds none, and for a text that
 * everybody without an id would share, such as `guest`. Characters that nobody sees do not make
 * such a text an id.
 */
export function personIdOf(value: Json | undefined): string | undefined {
  const id = idOf(value);
  const seen = id === undefined ? undefined : idOf(id.replaceAll(unseen, ''));
  return seen === undefined || nobodies.has(bare(seen)) ? undefined : id;
}

/**
 * A ref as far as it names somebody. Ids that stand for nobody are left out, and blanks around the
 * others. It may be empty.
 */
export function knownIn({ email, externalIds = [], ...named }: ContactRef): ContactRef {
  const ids = Object.entries(named).flatMap(([name, value]) => {
    const id = personIdOf(value);
    return id === undefined ? [] : [[name, id] as const];
  });
  const external = externalIds.flatMap((given) => {
    const [type, id] = [given.type.trim(), personIdOf(given.id)];
    return id === undefined ? [] : [{ type, id }];
  });
  return {
    ...Object.fromEntries(ids),
    ...(email !== undefined && { email }),
    ...(external.length > 0 && { externalIds: external }),
  };
}

/** True of a ref that names nobody. */
export function isNobody(ref: ContactRef): boolean {
  return Object.keys(ref).length === 0;
}
