import { z } from 'zod';
import { channels, type ChannelName } from '../../core/channels';
import { templateId } from '../../core/ids';
import type { JsonObject } from '../../core/json/json';
import { channelModules } from '../channels';
import { allowedFilters, allowedTags } from '../liquid/liquid-parts';
import { maxLocales } from './compile-template';
import type { CompiledTemplate, TemplateSource } from './template';

/** The id of a template: its author's choice. */
export const templateIdSchema = z.string().regex(/^[A-Za-z0-9._-]{1,100}$/, {
  error: 'is not 1 to 100 of letters, digits, ".", "_" and "-"',
});

const filterNames = [...allowedFilters.keys()].sort();

/** A template as a client sends it; without `id` the path gives it. */
type TemplateInput = Omit<TemplateSource, 'id'> & Readonly<{ id?: string | undefined }>;

/** The body of a template, as its author uploads it. */
export const templateInputSchema: z.ZodType<TemplateInput> = byChannel((name) =>
  z.strictObject({
    id: templateIdSchema.optional().meta({ description: 'By default the one of the path' }),
    channel: z.literal(name),
    defaultLocale: z.string().max(35),
    locales: z.record(z.string().max(35), channelModules[name].sourceSchema).meta({
      propertyNames: { maxLength: 35 },
      description:
        `Liquid, by BCP 47 tag, in at most ${maxLocales} languages; ` +
        'without `text` the text part is derived from the HTML. ' +
        `Tags: ${allowedTags.join(', ')}. Filters: ${filterNames.join(', ')}.`,
    }),
  }),
).meta({ id: 'TemplateInput' });

const compiledSchema = byChannel((name) =>
  z.object({
    id: z.string().transform(templateId),
    channel: z.literal(name),
    defaultLocale: z.string(),
    locales: z.record(z.string(), channelModules[name].compiledSchema),
    variables: z.array(z.string()),
    hasUnsubscribe: z.boolean(),
  }),
) satisfies z.ZodType<CompiledTemplate>;

/** Reads a compiled template that the store gives back. Throws where it is none. */
export function parseCompiledTemplate(stored: JsonObject): CompiledTemplate {
  return compiledSchema.parse(stored);
}

/** A rendered template, with what its author wants to know about it. */
export const previewSchema = z.union(
  channels.map((name) =>
    channelModules[name].renderedSchema.and(
      z.object({
        size: z.int().meta({ description: 'Bytes; Gmail cuts HTML off at about 102 KB' }),
        parts: z.int().optional().meta({ description: 'In which a text message is paid for' }),
        links: z.array(z.string()),
        missing: z.array(z.string()).meta({ description: 'Facts it reads and was not given' }),
      }),
    ),
  ),
);

/** A union over the channels, told apart by the field `channel`. */
function byChannel<Schema extends z.core.$ZodTypeDiscriminable>(
  schemaOf: (name: ChannelName) => Schema,
) {
  return z.discriminatedUnion('channel', channels.map(schemaOf) as [Schema, ...Schema[]]);
}
