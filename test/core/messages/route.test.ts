import type { ChannelName } from '../../../src/core/channels';
import type { Contact } from '../../../src/core/contacts/contact';
import { contactId } from '../../../src/core/ids';
import { routeFor, type AddressBook } from '../../../src/core/messages/route';

const noon = Date.UTC(2026, 0, 15, 12);
const sms = 'sms' as ChannelName;
const book: AddressBook & Readonly<Record<string, AddressBook['email']>> = {
  email: { addressOf: ({ email }) => email },
  sms: { addressOf: ({ phone }) => phone },
  whatsapp: { addressOf: () => undefined },
};

const ada: Contact = {
  id: contactId('c1'),
  anonymousIds: [],
  externalIds: [],
  traits: {},
  tags: [],
  consents: {},
  createdAt: noon,
  updatedAt: noon,
};
const email = 'ada@shop.test';
const phone = '+390110000000';

describe('the route of a message', () => {
  it.each([
    ['the preferred channel', { email, phone }, { channel: sms, address: phone }],
    ['the next channel that reaches the contact', { email }, { channel: 'email', address: email }],
    ['the preferred channel, without an address, where none does', {}, { channel: sms }],
  ])('is %s', (_which, known, route) => {
    expect(routeFor({ ...ada, ...known }, [sms, 'email'], book)).toEqual(route);
  });

  it('leads nowhere once the contact is erased', () => {
    expect(routeFor(undefined, ['email', sms], book)).toEqual({ channel: 'email' });
  });
});
