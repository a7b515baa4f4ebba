import {
  hasRoomForChange,
  mostTags,
  mostTraitCharacters,
  mostTraits,
  tagsWithRoom,
  traitsWithRoom,
} from '../../../src/core/contacts/room-for-values';

const traits = (count: number, value: number | null = 1) =>
  Object.fromEntries(Array.from({ length: count }, (_, n) => [`t${n}`, value]));
const tags = (count: number) => Array.from({ length: count }, (_, n) => `tag ${n}`);

describe('attack 9: the room of a contact', () => {
  it.each([
    ['the last trait', traits(mostTraits - 1), { more: 1 }, true],
    ['a trait too many', traits(mostTraits), { more: 1 }, false],
    ['another value', traits(mostTraits), { t0: 2 }, true],
    ['a trait in the place of another', traits(mostTraits), { t0: null, more: 1 }, true],
    ['a value that is taken away', traits(mostTraits + 1), { t0: null }, true],
    ['the name __proto__', {}, JSON.parse('{"__proto__":1}') as object, true],
    ['a long value', {}, { long: 'x'.repeat(mostTraitCharacters) }, false],
    ['a shorter value', { a: 'x'.repeat(2 * mostTraitCharacters) }, { a: 'x' }, true],
  ])('for %s', (_, stored, given, expected) => {
    const isFit = hasRoomForChange({ traits: stored, tags: [] }, { traits: { ...given } });

    expect(isFit).toBe(expected);
  });

  it('never lets traits be longer than they may be', () => {
    const long = 'x'.repeat(mostTraitCharacters - 10);

    const fits = traitsWithRoom({}, { long });
    const exceeds = traitsWithRoom({ a: 1 }, { long });

    expect(JSON.stringify(fits).length).toBeLessThanOrEqual(mostTraitCharacters);
    expect(exceeds).toEqual({});
  });

  it('ends at the last tag', () => {
    expect(tagsWithRoom(tags(mostTags), ['more'])).toEqual(tags(mostTags));
    expect(hasRoomForChange({ traits: {}, tags: tags(mostTags) }, { addTags: ['more'] })).toBe(
      false,
    );
  });
});
