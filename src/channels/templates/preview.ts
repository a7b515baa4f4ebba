import type { ChannelName } from '../../core/channels';
import { isJsonObject, type Json } from '../../core/json/json';
import type { Inspection } from '../channel';
import { channelModules, type ContentForms } from '../channels';
import { render, type RenderFacts } from './render';
import type { CompiledTemplate } from './template';

/** A rendered message with its measures and the facts that it lacks. */
export type Preview<Name extends ChannelName = ChannelName> = ContentForms[Name]['rendered'] &
  Inspection &
  Readonly<{ missing: readonly string[] }>;

/**
 * Shows a message as these facts would make it, and measures it for its author. `missing` lists the
 * paths that the template reads and the facts lack.
 */
export function preview<Name extends ChannelName>(
  template: CompiledTemplate<Name>,
  facts: RenderFacts,
  locale?: string,
): Preview<Name> {
  const rendered = render(template, facts, locale);
  const missing = template.variables.filter((path) => valueAt(facts, path) === undefined);
  const measures = { ...channelModules[template.channel].inspect(rendered), missing };
  return { ...rendered, ...measures };
}

function valueAt(root: Json, path: string): Json | undefined {
  return (path.match(/'[^']*'|"[^"]*"|[^.[\]'"]+/g) ?? [])
    .map((key) => key.replace(/^(['"])(.*)\1$/, '$2'))
    .reduce<Json | undefined>((value, key) => (isJsonObject(value) ? value[key] : undefined), root);
}
