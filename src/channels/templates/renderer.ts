import type { ChannelName } from '../../core/channels';
import type { WorkspaceId } from '../../core/ids';
import type { ContentForms } from '../channels';
import type { CompileContent } from './compile-template';
import type { Preview } from './preview';
import type { RenderFacts } from './render';
import type { CompiledTemplate } from './template';

/**
 * Compiles and renders within limits of time and memory, beside the process's other work. Each verb
 * answers as the function of its name. `render` and `preview` throw `invalid` where the work passes
 * the limits, and all throw `unavailable` where it cannot begin.
 */
export type Renderer = Readonly<{
  compileContent: CompileContent;
  render<Name extends ChannelName>(
    template: CompiledTemplate<Name>,
    facts: RenderFacts,
    locale?: string,
  ): Promise<ContentForms[Name]['rendered']>;
  preview<Name extends ChannelName>(
    template: CompiledTemplate<Name>,
    facts: RenderFacts,
    locale?: string,
  ): Promise<Preview<Name>>;
}>;

/** The renderer of a workspace. Workspaces take turns: none waits for all work of another. */
export type RendererOf = (workspace: WorkspaceId) => Renderer;
