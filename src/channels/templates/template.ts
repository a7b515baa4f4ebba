import type { ChannelName } from '../../core/channels';
import type { TemplateId } from '../../core/ids';
import type { ContentForms } from '../channels';

/**
 * A template as its author writes it, in one or several languages. `locales` is keyed by BCP 47 tag
 * and holds `defaultLocale`; its contents have the form of the channel.
 */
export type TemplateSource<Name extends ChannelName = ChannelName> = Readonly<{
  id: TemplateId;
  channel: Name;
  defaultLocale: string;
  locales: Readonly<Record<string, ContentForms[Name]['source']>>;
}>;

/**
 * A template as messages are rendered from it. It is plain JSON, and all its Liquid is known to
 * parse.
 */
export type CompiledTemplate<Name extends ChannelName = ChannelName> = Readonly<{
  id: TemplateId;
  channel: Name;
  defaultLocale: string;
  locales: Readonly<Record<string, ContentForms[Name]['compiled']>>;
  /** Every path the template reads, such as `entry.properties.cart_url`. */
  variables: readonly string[];
  /**
   * True where every part of every language prints `links.unsubscribe`. It is printed whatever the
   * facts are; marketing requires it.
   */
  hasUnsubscribe: boolean;
}>;
