import { z } from 'zod';
import { maxSourceLength } from '../liquid/liquid';

/** An e-mail in one language, Liquid in every field. Without `text` it is derived from the HTML. */
export type EmailSource = Readonly<{ subject: string; text?: string }> &
  (Readonly<{ mjml: string }> | Readonly<{ html: string }>);

/**
 * A compiled e-mail in one language. Its MJML is HTML by now, and all of it is Liquid that parses.
 */
export type CompiledEmail = Readonly<{ subject: string; html: string; text?: string }>;

/** An e-mail as one contact reads it. */
export type RenderedEmail = Readonly<{ subject: string; html: string; text: string }>;

const source = z.string().max(maxSourceLength);

/** The content of an e-mail template in a language, as its author writes it. */
export const emailSourceSchema = z
  .strictObject({
    subject: z
      .string()
      .min(1)
      .max(1_000)
      .meta({ description: 'Rendered, it is cut after 255 characters' }),
    text: source.optional(),
    mjml: source.optional(),
    html: source.optional(),
  })
  .refine(({ mjml, html }) => (mjml === undefined) !== (html === undefined), {
    error: 'is not one body; give either "mjml" or "html"',
  })
  .transform(({ subject, text, mjml, html }): EmailSource => {
    const common = { subject, ...(text !== undefined && { text }) };
    return mjml === undefined ? { ...common, html: html ?? '' } : { ...common, mjml };
  })
  .meta({ oneOf: [{ required: ['mjml'] }, { required: ['html'] }] });

/** The content of an e-mail template in a language, as it is rendered. */
export const compiledEmailSchema = z
  .object({ subject: z.string(), html: z.string(), text: z.string().optional() })
  .transform(({ text, ...content }): CompiledEmail =>
    text === undefined ? content : { ...content, text },
  );

/** A rendered e-mail, as a preview shows it. */
export const renderedEmailSchema = z.object({
  subject: z.string(),
  html: z.string(),
  text: z.string(),
});
