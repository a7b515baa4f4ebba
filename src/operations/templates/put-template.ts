import type { ChannelName } from '../../core/channels';
import { compileTemplate } from '../../channels/templates/compile-template';
import type { RendererOf } from '../../channels/templates/renderer';
import type { CompiledTemplate, TemplateSource } from '../../channels/templates/template';
import { parseCompiledTemplate } from '../../channels/templates/template.schema';
import type { Instant } from '../../core/time/clock';
import type { CompiledJourney } from '../../core/journeys/compiled-journey';
import type { Fault } from '../../core/domain-error';
import type { TemplateId, WorkspaceId } from '../../core/ids';
import type { Json, JsonObject } from '../../core/json/json';
import { usesOf } from '../../core/journeys/steps/kinds';
import type { Store } from '../../store/store';
import type { TemplateRecord } from '../../store/templates';
import { contentHashOf } from '../content-hash';

type Dependencies = Readonly<{
  store: Pick<Store, 'journeys' | 'templates'>;
  rendererOf: RendererOf;
  now: Instant;
}>;

export type PutTemplate =
  | Readonly<{ kind: 'stored'; version: number; created: boolean; compiled: CompiledTemplate }>
  | Readonly<{ kind: 'faulty'; faults: readonly Fault[] }>;

/**
 * Checks, compiles and stores a template; messages sent from then on are rendered from it. It keeps
 * its unsubscribe link while a journey that can be entered sends marketing by it. The same content
 * again is the same version.
 */
export async function putTemplate(
  { store, rendererOf, now }: Dependencies,
  workspace: WorkspaceId,
  template: TemplateSource,
): Promise<PutTemplate> {
  const compilation = await compileTemplate(template, rendererOf(workspace).compileContent);
  if (compilation.kind === 'faulty') return compilation;
  const compiled = compilation.template;
  const live = await store.journeys.live(workspace);
  const faults = compiled.hasUnsubscribe
    ? []
    : live.flatMap(({ journey }) => wayOutFor(journey, template.id));
  if (faults.length > 0) return { kind: 'faulty', faults };
  const stored = await store.templates.put(
    workspace,
    { id: template.id, source: jsonOf(template), compiled: jsonOf(compiled) },
    { contentHash: contentHashOf(jsonOf(template)), at: now },
  );
  return { kind: 'stored', ...stored, compiled };
}

/** The ids of the templates by which marketing may be sent. */
export function unsubscribableTemplates(templates: readonly TemplateRecord[]): ReadonlySet<string> {
  return new Set(
    templates
      .filter((template) => parseCompiledTemplate(template.compiled).hasUnsubscribe)
      .map(({ id }) => id),
  );
}

/** The channel of each template, by its id. */
export function channelsOf(templates: readonly TemplateRecord[]): ReadonlyMap<string, ChannelName> {
  return new Map(
    templates.map(({ id, compiled }) => [id, parseCompiledTemplate(compiled).channel] as const),
  );
}

function wayOutFor({ id, steps }: CompiledJourney, template: TemplateId): readonly Fault[] {
  const isMarketing = Object.values(steps)
    .flatMap(usesOf)
    .some(
      (use) => use.kind === 'template' && use.purpose === 'marketing' && use.template === template,
    );
  if (!isMarketing) return [];
  const detail = `Journey "${id}" sends marketing by this template; put {{ links.unsubscribe }} into each of its languages, outside every condition`;
  return [{ pointer: '/locales', code: 'no-unsubscribe', detail }];
}

function jsonOf(value: TemplateSource | CompiledTemplate): JsonObject {
  return value as unknown as Json as JsonObject;
}
