import { z } from 'zod';
import { templateId } from '../../core/ids';
import type { JsonObject } from '../../core/json/json';
import type { CompiledTemplate } from './template';

const schema = z.object({
  id: z.string().transform(templateId),
  channel: z.literal('email'),
  defaultLocale: z.string(),
  locales: z.record(
    z.string(),
    z
      .object({ subject: z.string(), html: z.string(), text: z.string().optional() })
      .transform(({ text, ...content }) => (text === undefined ? content : { ...content, text })),
  ),
  variables: z.array(z.string()),
  hasUnsubscribe: z.boolean(),
}) satisfies z.ZodType<CompiledTemplate>;

/** A compiled template as the store gives it back. */
export function parseStoredTemplate(stored: JsonObject): CompiledTemplate {
  return schema.parse(stored);
}
