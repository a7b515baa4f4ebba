import { channels, type ChannelName } from '../core/channels';
import type { Contact } from '../core/contacts/contact';
import { DomainError } from '../core/domain-error';
import type { Envelope, Provider, ProviderAnswer } from './channel';
import { channelModules, type ChannelModule, type Providers } from './channels';
import { slotsOf, type RoadWatch } from './slots';
import type { RenderFacts } from './templates/render';
import type { RendererOf } from './templates/renderer';
import type { CompiledTemplate } from './templates/template';

/** A channel with the provider that carries it: everything that a send needs of either. */
export type ConnectedChannel = Readonly<{
  addressOf(contact: Contact): string | undefined;
  provider: Pick<Provider<unknown>, 'name' | 'repeatsDroppedMs' | 'slots' | 'close'>;
  /**
   * Renders a message. Throws `invalid` where its template is of another channel, and like
   * `Renderer.render`.
   */
  prepare(template: CompiledTemplate, given: Preparation): Promise<PreparedMessage>;
}>;

/** Every channel with its provider, by name. */
export type ConnectedChannels = Readonly<Record<ChannelName, ConnectedChannel>>;

/** The facts, the language and the sender of a message that is to be rendered. */
export type Preparation = Readonly<{
  facts: RenderFacts;
  locale: string;
  envelope: Omit<Envelope, 'to'>;
}>;

/** Hands a rendered message to the provider; answers and throws like `Slot.deliver`. */
export type Deliver = (to: string) => Promise<ProviderAnswer>;

/** A rendered message that waits for a slot, and for the address it goes to. */
export type PreparedMessage = Readonly<{
  /** Waits its turn and holds a slot during the work; throws like `Slots.hold`. */
  inSlot<Result>(work: (deliver: Deliver) => Promise<Result>): Promise<Result>;
}>;

/** Makes the provider of each channel from its URL. */
export function createProviders(urls: Readonly<Record<ChannelName, string>>): Providers {
  return byName<Providers>((name) => channelModules[name].createProvider(urls[name]));
}

/** All channels share the renderers, and the watch of the way to a provider. */
type Shared = Readonly<{ rendererOf: RendererOf; watch: RoadWatch }>;

/** Joins each channel with its provider, and watches the way there. */
export function connectChannels(providers: Providers, shared: Shared): ConnectedChannels {
  return byName<ConnectedChannels>((name) =>
    connect(channelModules[name], providers[name], shared),
  );
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
  { rendererOf, watch }: Shared,
): ConnectedChannel {
  const slots = slotsOf(provider, watch);
  return {
    addressOf: (contact) => channel.addressOf(contact),
    provider,
    prepare: async (template, { facts, locale, envelope }) => {
      if (!isFor(channel.name, template)) throw otherChannel(channel.name, template);
      const renderer = rendererOf(envelope.workspace.id);
      const rendered = await renderer.render(template, facts, locale);
      const outgoing = (to: string) => channel.compose(rendered, { ...envelope, to });
      return {
        inSlot: (work) =>
          slots.hold((slot) => work((to) => slot.deliver(outgoing(to), envelope.message))),
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
