import { channels, type ChannelName, type Contact } from '../core/contacts/contact';
import { DomainError } from '../core/domain-error';
import type { Envelope, Provider, ProviderAnswer } from './channel';
import { channelModules, type ChannelModule, type Providers } from './channels';
import { render, type RenderFacts } from './templates/render';
import type { CompiledTemplate } from './templates/template';

/** A channel with the provider that carries it: everything that a send needs of either. */
export type ConnectedChannel = Readonly<{
  addressOf(contact: Contact): string | undefined;
  provider: Pick<Provider<unknown>, 'name' | 'deduplicates' | 'close'>;
  /**
   * Renders a message. Throws `invalid` where its template is of another channel, and like
   * `render`.
   */
  prepare(template: CompiledTemplate, given: Preparation): PreparedMessage;
}>;

/** Every channel with its provider, by name. */
export type ConnectedChannels = Readonly<Record<ChannelName, ConnectedChannel>>;

/** The facts, the language and the sender of a message that is to be rendered. */
export type Preparation = Readonly<{
  facts: RenderFacts;
  locale: string;
  envelope: Omit<Envelope, 'to'>;
}>;

/** A rendered message that waits for the address it goes to. */
export type PreparedMessage = Readonly<{
  /** Hands the message to the provider; answers and throws like `Provider.deliver`. */
  deliver(to: string): Promise<ProviderAnswer>;
}>;

/** Makes the provider of each channel from its URL. */
export function createProviders(urls: Readonly<Record<ChannelName, string>>): Providers {
  return byName<Providers>((name) => channelModules[name].createProvider(urls[name]));
}

/** Joins each channel with its provider. */
export function connectChannels(providers: Providers): ConnectedChannels {
  return byName<ConnectedChannels>((name) => connect(channelModules[name], providers[name]));
}

/** Closes every provider; see `Provider.close`. */
export function closeChannels(connected: ConnectedChannels): void {
  channels.forEach((name) => {
    connected[name].provider.close();
  });
}

function connect<Name extends ChannelName>(
  channel: ChannelModule<Name>,
  provider: Providers[Name],
): ConnectedChannel {
  return {
    addressOf: (contact) => channel.addressOf(contact),
    provider,
    prepare: (template, { facts, locale, envelope }) => {
      if (!isFor(channel.name, template)) throw otherChannel(channel.name, template);
      const rendered = render(template, facts, locale);
      return {
        deliver: (to) =>
          provider.deliver(channel.compose(rendered, { ...envelope, to }), envelope.message),
      };
    },
  };
}

function isFor<Name extends ChannelName>(
  name: Name,
  template: CompiledTemplate,
): template is CompiledTemplate<Name> {
  const written: string = template.channel;
  return written === name;
}

function otherChannel(
  name: ChannelName,
  { id, channel }: Pick<CompiledTemplate, 'id' | 'channel'>,
): DomainError {
  return new DomainError(
    'invalid',
    `Template "${id}" is written for ${channel}; give the step a template for ${name}.`,
  );
}

/** `fromEntries` forgets the names, so the type says that none is missing. */
function byName<Table extends Readonly<Record<ChannelName, unknown>>>(
  valueOf: (name: ChannelName) => Table[ChannelName],
): Table {
  return Object.fromEntries(channels.map((name) => [name, valueOf(name)])) as Table;
}
