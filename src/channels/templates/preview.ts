import { isJsonObject, type Json } from '../../core/json/json';
import { render, type RenderFacts, type Rendered } from './render';
import type { CompiledTemplate } from './template';

export type Preview = Rendered &
  Readonly<{
    /** Bytes of the HTML; Gmail cuts a message off at about 102 KB. */
    size: number;
    links: readonly string[];
    /** Paths the template reads and these facts lack. */
    missing: readonly string[];
  }>;

/** A message as it would go out with these facts, and what its author wants to know about it. */
export function preview(template: CompiledTemplate, facts: RenderFacts, locale?: string): Preview {
  const rendered = render(template, facts, locale);
  const links = [...rendered.html.matchAll(/\bhref="([^"]*)"/g)].map(([, link = '']) =>
    link.replaceAll('&amp;', '&'),
  );
  return {
    ...rendered,
    size: Buffer.byteLength(rendered.html),
    links: [...new Set(links)],
    missing: template.variables.filter((path) => valueAt(facts, path) === undefined),
  };
}

function valueAt(root: Json, path: string): Json | undefined {
  return path
    .split(/[.[\]'"]+/)
    .filter(Boolean)
    .reduce<Json | undefined>((value, key) => (isJsonObject(value) ? value[key] : undefined), root);
}
