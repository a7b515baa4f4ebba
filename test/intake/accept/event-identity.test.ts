import { workspaceId } from '../../../src/core/ids';
import { eventKeyOf, fingerprintOf, tagOf } from '../../../src/intake/accept/event-identity';

const shop = workspaceId('shop');

describe('what identifies an event', () => {
  it('stays what it was when the events were stored that are there now', () => {
    const parts = { name: 'Ping', contact: { userId: 'ada' }, stamped: null, properties: { b: 1 } };

    expect(eventKeyOf(shop, 'e-1')).toBe('ez5z2epoanpkdm2a622ac6amwf');
    expect(tagOf(Buffer.from('secret'), shop, 'cart-1')).toBe('ghgdqmogpn');
    expect(fingerprintOf(parts)).toBe('XAn_yDjZaDH-4eWbfSCVCzdk3gYHtAq8qHdnJn_8paI');
  });
});
