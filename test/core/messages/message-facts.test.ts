import { messageFactsOf } from '../../../src/core/messages/message-facts';
import type { Message } from '../../../src/core/messages/message';
import { aClaim } from '../../store/builders';

const { status: _status, ...line } = aClaim(1);

describe('P7: a message as published conditions see it', () => {
  it.each(['delivered', 'bounced', 'complained'] as const)(
    'was sent, whatever is reported: %s',
    (status) => {
      const message: Message = { ...line, status, openedAt: 1, [`${status}At`]: 1 };

      expect(messageFactsOf(message)).toEqual({ status: 'sent', [status]: true, opened: true });
    },
  );

  it('has the status of the ledger, where it was not sent', () => {
    const message: Message = { ...line, status: 'skipped', because: 'no-consent' };

    expect(messageFactsOf(message)).toEqual({ status: 'skipped' });
  });
});
