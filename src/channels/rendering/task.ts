import type { ChannelName } from '../../core/channels';
import type { ContentToCompile } from '../templates/compile-template';
import type { RenderFacts } from '../templates/render';
import type { CompiledTemplate } from '../templates/template';

/** The rendering of a template, or its preview. */
export type Printing<Name extends ChannelName = ChannelName> = Readonly<{
  template: CompiledTemplate<Name>;
  facts: RenderFacts;
  locale: string | undefined;
}>;

/** The work that a process is given. */
export type Task =
  | Readonly<{ kind: 'compile'; given: ContentToCompile }>
  | Readonly<{ kind: 'render' | 'preview'; given: Printing }>;

/** The answer of a process. Errors lose their class on the way, so that `refused` tells of one. */
export type TaskAnswer =
  | Readonly<{ kind: 'done'; result: unknown }>
  | Readonly<{ kind: 'refused'; message: string }>
  | Readonly<{ kind: 'broken'; message: string; stack: string | undefined }>;
