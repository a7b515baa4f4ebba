import { segmentMeanings } from '../../../src/connectors/segment/segment-meanings';
import { segmentMessage } from '../../../src/connectors/segment/segment-message';

const receivedAt = Date.parse('2026-03-02T09:00:00.000Z');
const clock = { receivedAt, engineTimeOf: (realMs: number) => realMs };
const meanings = (message: object) => segmentMeanings(segmentMessage.parse(message), clock);
const meaning = (message: object) => meanings(message).at(-1);

describe('a Segment message', () => {
  it('is an event by track', () => {
    const message = {
      type: 'track',
      event: 'Cart Updated',
      userId: 'ada',
      messageId: 'm1',
      properties: { cart_id: 'c1' },
      context: { traits: { email: 'else@example.com' } },
      integrations: { All: true },
    };

    const found = meaning(message);

    expect(found).toEqual({
      kind: 'event',
      event: {
        id: 'm1',
        name: 'Cart Updated',
        contact: { userId: 'ada' },
        properties: { cart_id: 'c1' },
        source: 'segment',
      },
    });
  });

  it('lives in engine time', () => {
    const opened = receivedAt - 3_600_000;
    const engineTimeOf = (realMs: number) => opened + (realMs - opened) * 60;
    const message = segmentMessage.parse({
      type: 'track',
      event: 'Cart Updated',
      userId: 'ada',
      timestamp: '2026-03-02T08:59:59.000Z',
      sentAt: '2026-03-02T09:00:00.000Z',
    });

    const [found] = segmentMeanings(message, { receivedAt, engineTimeOf });

    expect(found).toMatchObject({ event: { occurredAt: engineTimeOf(receivedAt) - 60_000 } });
  });

  it('changes the contact by identify: known traits that fit become its fields, the rest stay traits', () => {
    const message = {
      type: 'identify',
      userId: 'ada',
      anonymousId: 'a1',
      messageId: 'm2',
      traits: {
        email: 'ada@example.com',
        phone: 7,
        timezone: 'Europe/Rome',
        locale: 'it-IT',
        firstName: 'Ada',
        consents: { marketing: { email: true } },
      },
    };

    const found = meaning(message);

    expect(found).toEqual({
      kind: 'contact',
      contact: { userId: 'ada', anonymousId: 'a1' },
      change: {
        email: 'ada@example.com',
        timeZone: 'Europe/Rome',
        locale: 'it-IT',
        traits: { phone: 7, firstName: 'Ada' },
        consents: { marketing: { email: { given: true, at: receivedAt, undated: true } } },
      },
    });
  });

  it('gives a consent when identify happened', () => {
    const message = {
      type: 'identify',
      userId: 'ada',
      timestamp: '2026-03-01T09:00:00Z',
      traits: { consents: { marketing: { email: false } } },
    };

    const found = meaning(message);

    expect(found).toMatchObject({
      change: {
        consents: {
          marketing: {
            email: { given: false, at: Date.parse('2026-03-01T09:00:00Z'), undated: true },
          },
        },
      },
    });
  });

  it('gives no consent in the future', () => {
    const message = {
      type: 'identify',
      userId: 'ada',
      timestamp: '2031-03-01T09:00:00Z',
      traits: { consents: { marketing: { email: true } } },
    };

    const found = meaning(message);

    expect(found).toMatchObject({
      change: { consents: { marketing: { email: { at: receivedAt } } } },
    });
  });

  it.each(['2031-03-01T09:00:00Z', '1970-01-01T00:00:00Z'])(
    'fault 3: withdraws a consent on its receipt where its own time cannot be meant: %s',
    (timestamp) => {
      const traits = { consents: { marketing: { email: false } } };

      const found = meaning({ type: 'identify', userId: 'ada', timestamp, traits });

      expect(found).toMatchObject({
        change: { consents: { marketing: { email: { given: false, at: receivedAt } } } },
      });
    },
  );

  it.each([
    [
      { type: 'page', name: 'Home', category: 'Shop', properties: { url: '/' } },
      'Page Viewed',
      { url: '/', name: 'Home', category: 'Shop' },
    ],
    [{ type: 'screen', name: 'Cart' }, 'Screen Viewed', { name: 'Cart' }],
    [
      { type: 'group', groupId: 'g1', traits: { plan: 'pro' } },
      'Group Joined',
      { plan: 'pro', groupId: 'g1' },
    ],
  ])('is an event of a fixed name by %j', (fields, name, properties) => {
    const found = meaning({ ...fields, userId: 'ada' });

    expect(found).toMatchObject({ kind: 'event', event: { name, properties } });
  });

  it('says by alias that two ids are one person, and is an event as well', () => {
    const message = { type: 'alias', previousId: 42, userId: 'ada', messageId: 'm3' };

    const found = meanings(message);

    expect(found).toMatchObject([
      { kind: 'alias', previousId: '42', contact: { userId: 'ada' } },
      { kind: 'event', event: { id: 'm3', name: 'Alias Created', contact: { userId: 'ada' } } },
    ]);
  });

  it('is an event only by an alias that names no other id', () => {
    const found = meanings({ type: 'alias', userId: 'ada', previousId: '' });

    expect(found).toMatchObject([{ kind: 'event', event: { name: 'Alias Created' } }]);
  });

  it.each([
    [{ userId: null, anonymousId: 'a1' }, { anonymousId: 'a1' }],
    [{ userId: '', anonymousId: 'a1' }, { anonymousId: 'a1' }],
    [{ userId: 42 }, { userId: '42' }],
  ])('is about whoever %j names', (ids, contact) => {
    const found = meaning({ type: 'track', event: 'Cart Updated', ...ids });

    expect(found).toMatchObject({ event: { contact } });
  });

  it.each([
    [{ type: 'track', event: 'Cart Updated' }, 'names nobody'],
    [{ type: 'track', event: 'Cart Updated', userId: '', anonymousId: null }, 'names nobody'],
    [{ type: 'track', userId: 'ada' }, 'expected string'],
    [{ type: 'buy', userId: 'ada' }, 'discriminator'],
    [{ type: 'track', event: 'Cart Updated', userId: { $gt: '' } }, 'Invalid input'],
  ])('is refused as %j', (message, why) => {
    const { error } = segmentMessage.safeParse(message);

    expect(error?.message).toContain(why);
  });
});
