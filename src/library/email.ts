import type { EmailSource } from '../channels/email/email-content';
import type { TemplateSource } from '../channels/templates/template';
import { templateId } from '../core/ids';

/** A built-in e-mail template, in English. */
export function email(id: string, content: EmailSource) {
  return {
    id: templateId(id),
    channel: 'email',
    defaultLocale: 'en',
    locales: { en: content },
  } satisfies TemplateSource;
}
