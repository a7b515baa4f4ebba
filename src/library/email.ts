import type { Content, TemplateSource } from '../channels/templates/template';
import { templateId } from '../core/ids';

/** A built-in template, in English. */
export function email(id: string, content: Content): TemplateSource {
  return { id: templateId(id), channel: 'email', defaultLocale: 'en', locales: { en: content } };
}
