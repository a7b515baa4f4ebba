import { segmentMeanings } from '../../../src/connectors/segment/segment-meanings';
import { segmentMessage } from '../../../src/connectors/segment/segment-message';

const receivedAt = Date.parse('2026-03-02T09:00:00.000Z');
const clock = { receivedAt, engineTimeOf: (realMs: number) => realMs };
const meaning = (message: object) => segmentMeanings(segmentMessage.parse(message), clock).at(-1);

describe('the time of a Segment message', () => {
  it('happened as long before its receipt as before it was sent', () => {
    const message = {
      type: 'track',
      event: 'Cart Updated',
      userId: 'ada',
      timestamp: '2031-01-01T00:00:00.000Z',
      sentAt: '2031-01-01T00:00:30.000Z',
    };

    const found = meaning(message);

    expect(found).toMatchObject({ event: { occurredAt: receivedAt - 30_000 } });
  });

  it('never happened after its receipt', () => {
    const message = {
      type: 'track',
      event: 'Cart Updated',
      userId: 'ada',
      timestamp: '2031-01-01T00:01:00.000Z',
      sentAt: '2031-01-01T00:00:00.000Z',
    };

    const found = meaning(message);

    expect(found).toMatchObject({ event: { occurredAt: receivedAt } });
  });

  it('is believed about its time where it does not say when it was sent', () => {
    const message = {
      type: 'track',
      event: 'Order Completed',
      userId: 'ada',
      originalTimestamp: '2026-02-24T09:00:00+01:00',
    };

    const found = meaning(message);

    expect(found).toMatchObject({ event: { occurredAt: Date.parse('2026-02-24T08:00:00Z') } });
  });

  it('happened on its receipt where its time cannot be read', () => {
    const message = { type: 'track', event: 'Cart Updated', userId: 'ada', timestamp: 'yesterday' };

    const found = meaning(message);

    expect(found).not.toHaveProperty('event.occurredAt');
  });

  it('R49: keeps the time that a forwarding server has corrected', () => {
    const message = {
      type: 'track',
      event: 'Cart Updated',
      userId: 'ada',
      originalTimestamp: '2026-03-02T03:00:00Z',
      sentAt: '2026-03-02T03:00:01Z',
      receivedAt: '2026-03-02T07:00:01Z',
      timestamp: '2026-03-02T07:00:00Z',
    };

    const found = meaning(message);

    expect(found).toMatchObject({ event: { occurredAt: Date.parse('2026-03-02T07:00:00Z') } });
  });

  it.each([
    [receivedAt - 5_000, receivedAt - 5_000],
    [(receivedAt - 5_000) / 1_000, receivedAt - 5_000],
  ])('R8: reads the stamp %j', (timestamp, occurredAt) => {
    const found = meaning({ type: 'track', event: 'Cart Updated', userId: 'ada', timestamp });

    expect(found).toMatchObject({ event: { occurredAt } });
  });

  it.each([true, 7, { $date: 1 }, 'yesterday'])('R8: takes the stamp %j in unread', (timestamp) => {
    const found = meaning({ type: 'track', event: 'Cart Updated', userId: 'ada', timestamp });

    expect(found).toMatchObject({ event: { restamped: { because: 'unreadable' } } });
    expect(found).not.toHaveProperty('event.occurredAt');
  });

  it('R33: happened on its receipt where its time cannot be meant, and says so', () => {
    const message = { type: 'track', event: 'A', userId: 'ada', timestamp: '2031-03-01T09:00:00Z' };

    const found = meaning(message);

    expect(found).toMatchObject({ event: { restamped: { because: 'too-far-ahead' } } });
    expect(found).not.toHaveProperty('event.occurredAt');
  });
});
