import { channels, type ChannelName } from '../channels';
import type { Contact } from '../contacts/contact';

/**
 * The channel and the address chosen for a message. `address` is absent where the step has no
 * channel that reaches the contact; `channel` is then the preferred one.
 */
export type MessageRoute = Readonly<{ channel: ChannelName; address?: string }>;

/** The address of a contact in each channel; undefined where it has none. */
export type AddressBook = Readonly<
  Record<ChannelName, Readonly<{ addressOf(contact: Contact): string | undefined }>>
>;

/**
 * Chooses the first of the wanted channels, in order of preference, that reaches the contact. An
 * absent contact was erased and has no address.
 */
export function routeFor(
  contact: Contact | undefined,
  wanted: readonly ChannelName[],
  addresses: AddressBook,
): MessageRoute {
  const [first] = contact ? routesFor(contact, wanted, addresses) : [];
  return first ?? { channel: wanted[0] ?? channels[0] };
}

/** Every wanted channel that reaches the contact, in order of preference. */
export function routesFor(
  contact: Contact,
  wanted: readonly ChannelName[],
  addresses: AddressBook,
): readonly Required<MessageRoute>[] {
  return wanted.flatMap((channel) => {
    const address = addresses[channel].addressOf(contact);
    return address ? [{ channel, address }] : [];
  });
}
