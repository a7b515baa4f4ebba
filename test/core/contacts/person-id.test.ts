import { knownIn, personIdOf } from '../../../src/core/contacts/person-id';

describe('the id of a person', () => {
  it.each([
    'guest',
    'Anonymous',
    ' UNKNOWN ',
    '"guest"',
    'true',
    'False',
    '-1',
    'distinct_id',
    '00000000-0000-0000-0000-000000000000',
    'undefined',
    '0',
    '',
    '\u200b',
    '\u0000',
    '\ud83d',
    '\u202aguest\u202c',
    'null\u0000',
  ])('R31: is not %j', (text) => {
    expect(personIdOf(text)).toBeUndefined();
  });

  it.each(['ada', '0042', '-7', 'Null Island', 'guest@example.com', 'truelove', '👩\u200d🎤'])(
    'R31: may be %j',
    (text) => {
      expect(personIdOf(text)).toBe(text);
    },
  );
});

describe('a ref', () => {
  it('R31: keeps the ids that name somebody', () => {
    const ref = {
      userId: 'undefined',
      anonymousId: ' a1 ',
      email: 'ada@example.com',
      phone: 'null',
      externalIds: [
        { type: 'shop', id: '0' },
        { type: ' crm', id: '7 ' },
      ],
    };

    expect(knownIn(ref)).toEqual({
      anonymousId: 'a1',
      email: 'ada@example.com',
      externalIds: [{ type: 'crm', id: '7' }],
    });
  });

  it('R31: may name nobody', () => {
    expect(knownIn({ userId: 'guest', externalIds: [{ type: 'shop', id: '' }] })).toEqual({});
  });
});
