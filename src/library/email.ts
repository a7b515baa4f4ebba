import type { Content, Template } from '../channels/template';
import { templateId } from '../journeys/ids';

/** A built-in template, in English. */
export function email(id: string, content: Content): Template {
  return { id: templateId(id), channel: 'email', defaultLocale: 'en', locales: { en: content } };
}
