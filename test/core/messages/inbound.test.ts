import { inboundWordIn } from '../../../src/core/messages/inbound';

describe('a text of a person', () => {
  it.each(['STOP', ' stop. ', 'Stop all', 'UNSUBSCRIBE!', 'Basta', 'disiscrivimi', '«STOP»'])(
    'is a stop: %j',
    (text) => {
      expect(inboundWordIn(text)).toBe('stop');
    },
  );

  it.each(['START', 'unstop', ' Iscrivimi '])('is a start: %j', (text) => {
    expect(inboundWordIn(text)).toBe('start');
  });

  it.each(['', '.', 'Do not stop', 'Stop by at 9?', 'HELP', 'constructor', 'sì', '🛑'])(
    'is for people: %j',
    (text) => {
      expect(inboundWordIn(text)).toBeUndefined();
    },
  );
});
