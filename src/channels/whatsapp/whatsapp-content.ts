import { z } from 'zod';
import { listOf, optional } from '../../core/json/json.schema';

/**
 * A text as WhatsApp has approved it, with places such as `{{1}}` or `{{name}}`. `parameters` holds
 * the Liquid for each place.
 */
export type ApprovedText = Readonly<{
  text: string;
  parameters?: Readonly<Record<string, string>>;
}>;

/**
 * A button, in the order of the approved template. With `url` it is a link, whose last part may be
 * the place `{{1}}`; without it a quick reply.
 */
export type WhatsAppButton = Readonly<{ text: string; url?: string; parameter?: string }>;

/**
 * A message of WhatsApp in one language, before and after it is compiled. It names a template that
 * WhatsApp has approved in `language`, and repeats its words, so that everybody here reads them.
 */
export type WhatsAppContent = Readonly<{
  template: string;
  language: string;
  header?: ApprovedText;
  body: ApprovedText;
  footer?: string;
  buttons?: readonly WhatsAppButton[];
}>;

/** The value of one place. `name` is absent where places are counted. */
export type PlaceValue = Readonly<{ name?: string; text: string }>;

/** The values for a part of an approved template; `index` counts buttons from 0. */
export type FilledPart = Readonly<{
  part: 'header' | 'body' | 'button';
  index?: number;
  values: readonly PlaceValue[];
}>;

/** A message for one contact. The person reads `text`, and WhatsApp is given the rest. */
export type RenderedWhatsApp = Readonly<{
  text: string;
  template: string;
  language: string;
  filled: readonly FilledPart[];
}>;

/**
 * The most characters of each part, filled in.
 * https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/components
 */
export const longest = { header: 60, body: 1_024, footer: 60, button: 25, url: 2_000 } as const;

const longestSource = 2_000;
const mostButtons = 10;
const mostPlaces = 30;

const liquid = z.string().min(1).max(longestSource);
const placeName = /^(?:[1-9]\d?|[a-z][a-z0-9_]{0,59})$/;
const place = z.string().regex(placeName, {
  error: 'is no place of a template; give its number, or its name in small letters',
});
const parameters = z
  .record(place, liquid)
  .refine((given) => Object.keys(given).length <= mostPlaces, {
    error: `has more than ${mostPlaces} places`,
  })
  .meta({
    description: 'Liquid for each place of the text, by its number or name',
    propertyNames: { pattern: placeName.source },
    maxProperties: mostPlaces,
  });

const approved = (most: number) =>
  z.strictObject({
    text: z.string().min(1).max(most).meta({ description: 'The approved words, places and all' }),
    parameters: optional(parameters),
  });

const button = z.strictObject({
  text: z.string().min(1).max(longest.button),
  url: optional(z.string().min(1).max(longest.url)),
  parameter: optional(
    liquid.meta({
      description: 'Liquid for the place {{1}} at the end of `url`; it may print the whole address',
    }),
  ),
});

/** A message of WhatsApp in one language, as it is written and stored. */
export const whatsAppContentSchema = z.strictObject({
  template: z
    .string()
    .regex(/^[a-z0-9_]{1,512}$/, { error: 'is not the name of a template of WhatsApp' })
    .meta({ description: 'The name under which WhatsApp has approved it' }),
  language: z
    .string()
    .regex(/^[a-z]{2,3}(?:_[A-Z]{2})?$/, { error: 'is not a language such as "it" or "pt_BR"' })
    .meta({ description: 'The language in which WhatsApp has approved it' }),
  header: optional(approved(longest.header)),
  body: approved(longest.body),
  footer: optional(z.string().min(1).max(longest.footer)),
  buttons: optional(listOf(button, mostButtons).min(1)),
});

const value = z.object({ name: optional(z.string()), text: z.string() });

/** A rendered message of WhatsApp, as a preview shows it. */
export const renderedWhatsAppSchema = z.object({
  text: z.string().meta({ description: 'The message as the person reads it' }),
  template: z.string(),
  language: z.string(),
  filled: z.array(
    z.object({
      part: z.enum(['header', 'body', 'button']),
      index: optional(z.int()),
      values: z.array(value),
    }),
  ),
});
