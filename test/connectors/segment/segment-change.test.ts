import { segmentMeanings } from '../../../src/connectors/segment/segment-meanings';
import { segmentMessage } from '../../../src/connectors/segment/segment-message';

const receivedAt = Date.parse('2026-03-02T09:00:00.000Z');
const clock = { receivedAt, engineTimeOf: (realMs: number) => realMs };

function changeBy(message: object) {
  const identify = segmentMessage.parse({ type: 'identify', userId: 'ada', ...message });
  const [meaning] = segmentMeanings(identify, clock);
  if (meaning?.kind !== 'contact') throw new Error('identify is no change');
  return meaning.change;
}

const changeOf = (traits: object) => changeBy({ traits });
const word = (given: boolean) => ({ given, at: receivedAt, undated: true });

describe('R38: consents that a foreign client states', () => {
  it('count entry by entry: one that is unknown here loses no other', () => {
    const consents = { marketing: { email: false, fax: false }, gossip: true };

    expect(changeOf({ consents })).toEqual({
      consents: { marketing: { email: word(false) } },
      traits: { consents: { marketing: { fax: false }, gossip: true } },
    });
  });

  it('are withdrawn also where their date cannot be read', () => {
    const consents = { marketing: { email: { given: false, at: 'yesterday', by: 'form' } } };

    expect(changeOf({ consents })).toEqual({ consents: { marketing: { email: word(false) } } });
  });

  it('are withdrawn in every channel where their purpose is denied as a whole', () => {
    expect(changeOf({ consents: { marketing: false } })).toEqual({
      consents: { marketing: { email: word(false), sms: word(false), whatsapp: word(false) } },
    });
  });

  it('are dated by an instant of their own', () => {
    const consents = { marketing: { email: { given: true, at: '2026-03-01T10:00:00+01:00' } } };

    expect(changeOf({ consents })).toEqual({
      consents: {
        marketing: { email: { given: true, at: Date.parse('2026-03-01T09:00:00Z') } },
      },
    });
  });
});

describe('R39: a consent as text', () => {
  it.each(['false', ' FALSE ', 'no', '0', 0, 'unsubscribed'])('withdraws by %j', (email) => {
    expect(changeOf({ consents: { marketing: { email } } })).toEqual({
      consents: { marketing: { email: word(false) } },
    });
  });

  it.each(['true', 'yes', '1', 1, 'on', '', {}, [], { given: 'true' }])(
    'gives nothing by %j',
    (email) => {
      expect(changeOf({ consents: { marketing: { email } } })).not.toHaveProperty('consents');
    },
  );

  it('withdraws inside of an object as well', () => {
    expect(changeOf({ consents: { marketing: { email: { given: 'false' } } } })).toEqual({
      consents: { marketing: { email: word(false) } },
    });
  });
});

describe('R40: traits below the context', () => {
  it('count like those of the message', () => {
    const traits = { email: 'ada@example.com', consents: { marketing: { email: true } } };

    expect(changeBy({ context: { traits } })).toEqual({
      email: 'ada@example.com',
      consents: { marketing: { email: word(true) } },
    });
  });

  it('yield to those of the message, name by name and consent by consent', () => {
    const own = { email: 'new@example.com', consents: { service: { email: true } } };
    const traits = {
      email: 'old@example.com',
      locale: 'it',
      consents: { marketing: { email: false }, service: { email: false } },
    };

    expect(changeBy({ traits: own, context: { traits } })).toEqual({
      email: 'new@example.com',
      locale: 'it',
      consents: { marketing: { email: word(false) }, service: { email: word(true) } },
    });
  });

  it.each([null, 'x', [], { traits: 'x' }, { traits: null }, { ip: '::1' }])(
    'are none in %j, and the message is taken',
    (context) => {
      expect(changeBy({ traits: { locale: 'it' }, context })).toEqual({ locale: 'it' });
    },
  );
});

describe('R52: null in a trait', () => {
  it('takes the value away, be it a field, a trait or a given consent', () => {
    const traits = {
      email: null,
      timezone: null,
      plan: null,
      consents: { marketing: { email: null } },
    };

    expect(changeOf(traits)).toEqual({
      email: null,
      timeZone: null,
      traits: { plan: null },
      consents: { marketing: { email: null } },
    });
  });
});

describe('an e-mail address in the traits', () => {
  it('R45: loses the characters that nobody sees', () => {
    expect(changeOf({ email: '\u200f ada@shop.test\ufeff' })).toEqual({ email: 'ada@shop.test' });
  });

  it('R9: leaves the word to the context where it is blank', () => {
    const context = { traits: { email: 'ada@shop.test', phone: '+391', plan: 'pro' } };

    expect(changeBy({ traits: { email: ' ', phone: '\u200f', plan: '' }, context })).toEqual({
      email: 'ada@shop.test',
      phone: '+391',
      traits: { plan: '' },
    });
  });

  it.each(['', ' \n'])('R9: is absent where it is blank: %j', (email) => {
    expect(changeOf({ email, plan: 'pro' })).toEqual({ traits: { plan: 'pro' } });
  });

  it('R46: stays a trait where it cannot be sent to', () => {
    expect(changeOf({ email: 'jörg@shop.test' })).toEqual({ traits: { email: 'jörg@shop.test' } });
  });
});
