import { contactId } from '../../../src/core/ids';
import { hasRoomFor, mostIds } from '../../../src/core/contacts/room-for-ids';

const aContact = (aliases: number) => ({
  anonymousIds: [],
  externalIds: [],
  aliases: Array.from({ length: aliases }, (_, n) => contactId(`${n}`)),
});

describe('fault 24: a contact that takes others in', () => {
  it.each([
    [mostIds - 1, 0, true],
    [mostIds, 0, false],
    [300, 199, true],
    [300, 200, false],
  ])('with %d aliases has room for one with %d: %s', (own, others, expected) => {
    expect(hasRoomFor(aContact(own), aContact(others))).toBe(expected);
  });

  it('has room for an id of its own, however many it took in', () => {
    expect(hasRoomFor(aContact(mostIds))).toBe(true);
  });
});
