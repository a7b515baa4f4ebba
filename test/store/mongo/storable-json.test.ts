import fc from 'fast-check';
import { readableJson, storableJson } from '../../../src/store/mongo/storable-json';

/** As the driver writes and reads it: maps become documents. */
function stored(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(stored);
  if (!(value instanceof Map)) return value;
  return Object.fromEntries([...value].map(([key, inner]) => [String(key), stored(inner)]));
}

function namesIn(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(namesIn);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => [name, ...namesIn(inner)]);
}

const strangeName = fc
  .array(fc.constantFrom('$', '.', '%u', '0024', '002E', '%', '\0', '_bsontype', 'a'), {
    maxLength: 4,
  })
  .map((parts) => parts.join(''));
const anyName = fc.oneof(strangeName, fc.string(), fc.constantFrom('__proto__', 'constructor'));
const anyJson = fc.letrec<{ json: unknown }>((tie) => ({
  json: fc.oneof(
    { maxDepth: 3 },
    fc.integer(),
    fc.string(),
    fc.array(tie('json'), { maxLength: 3 }),
    fc
      .array(fc.tuple(anyName, tie('json')), { maxLength: 3 })
      .map((entries) => Object.fromEntries(entries)),
  ),
})).json;

describe('a name in stored JSON', () => {
  it.each([
    ['$current_url', '%u0024current_url'],
    ['utm.source', 'utm%u002Esource'],
    ['a\0b', 'a%u0000b'],
    ['_bsontype', '%u005Fbsontype'],
    ['__proto__', '%u005F_proto__'],
    ['%u002E', '%u0025u002E'],
    ['50%', '50%'],
    ['total', 'total'],
  ])('R5: %j is stored as %j', (name, asStored) => {
    const value = Object.fromEntries([[name, 1]]);

    expect(namesIn(stored(storableJson(value)))).toEqual([asStored]);
    expect(Object.keys(readableJson(Object.fromEntries([[asStored, 1]])))).toEqual([name]);
  });

  it.each(['utm.source', '$set', '50%', '%u', 'plain'])(
    'that an earlier version has stored as it is stays so: %j',
    (name) => {
      expect(readableJson({ list: [{ [name]: 1 }] })).toEqual({ list: [{ [name]: 1 }] });
    },
  );

  it('R5: is read as it was written, whatever it is, and means nothing to a database', () => {
    fc.assert(
      fc.property(fc.array(anyJson, { maxLength: 3 }), (list) => {
        const document = stored(storableJson(list));

        expect(JSON.stringify(readableJson(document))).toBe(JSON.stringify(list));
        for (const name of namesIn(document)) {
          expect(name).not.toMatch(/^\$|[.\0]|^_bsontype$|^__proto__$/);
        }
      }),
    );
  });
});
