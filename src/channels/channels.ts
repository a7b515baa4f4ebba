import type { ChannelName } from '../core/channels';
import type { Channel, Provider, RenderedParts } from './channel';
import { email } from './email/email';
import { sms } from './sms/sms';
import { whatsapp } from './whatsapp/whatsapp';

/** The only list of channels. A name in the core without its module does not compile here. */
const modules = {
  email,
  sms,
  whatsapp,
} satisfies { [Name in ChannelName]: Channel<Name, object, object, RenderedParts, object> };

type Forms<Module> =
  Module extends Channel<ChannelName, infer Source, infer Compiled, infer Rendered, infer Outgoing>
    ? { source: Source; compiled: Compiled; rendered: Rendered; outgoing: Outgoing }
    : never;

/** The content of each channel in its four forms; see `Channel`. */
export type ContentForms = { [Name in ChannelName]: Forms<(typeof modules)[Name]> };

/** The module of one channel. */
export type ChannelModule<Name extends ChannelName> = Channel<
  Name,
  ContentForms[Name]['source'],
  ContentForms[Name]['compiled'],
  ContentForms[Name]['rendered'],
  ContentForms[Name]['outgoing']
>;

/** The module of each channel, by name. */
export const channelModules: { readonly [Name in ChannelName]: ChannelModule<Name> } = modules;

/** The provider of each channel, by name. */
export type Providers = {
  readonly [Name in ChannelName]: Provider<ContentForms[Name]['outgoing']>;
};
