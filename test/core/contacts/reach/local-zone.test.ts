import { localZone } from '../../../../src/core/contacts/reach/local-zone';

const workspace = { zone: 'Europe/Berlin' };
const journey = { zone: 'Europe/Paris' };

describe('the zone by which a contact is written to', () => {
  it.each([
    [{ timeZone: 'Asia/Tokyo', traits: { country: 'IT' } }, 'Asia/Tokyo'],
    [{ traits: { country: 'IT' } }, 'Europe/Rome'],
    [{ traits: { address: { country: 'it' } } }, 'Europe/Rome'],
    [{ traits: { country: 'US' } }, 'Europe/Paris'],
    [{ traits: { country: 'Italy' } }, 'Europe/Paris'],
    [{ traits: { country: 'ZZ' } }, 'Europe/Paris'],
    [undefined, 'Europe/Paris'],
  ] as const)('of %j is %s', (contact, zone) => {
    expect(localZone(contact, journey, workspace)).toBe(zone);
  });

  it('is that of the workspace where nothing else is known', () => {
    expect(localZone({ traits: {} }, {}, workspace)).toBe('Europe/Berlin');
  });
});
