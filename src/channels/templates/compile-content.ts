import type { ChannelName } from '../../core/channels';
import type { CompiledContent } from '../channel';
import { channelModules, type ContentForms } from '../channels';
import type { ContentToCompile } from './compile-template';

/** Checks and compiles the content of one language, for the channel it is written for. */
export function compileContent<Name extends ChannelName>({
  channel,
  content,
  pointer,
}: ContentToCompile<Name>): Promise<CompiledContent<ContentForms[Name]['compiled']>> {
  return channelModules[channel].compile(content, pointer);
}
