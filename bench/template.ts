import type { Product } from './bench';

/** The template of every message that a row sends. */
export async function publishTemplate({ rest }: Product): Promise<void> {
  const template = { subject: 'Bench', html: '<p>Bench</p>' };
  await rest.call({
    method: 'PUT',
    path: '/v1/templates/bench',
    body: { id: 'bench', channel: 'email', defaultLocale: 'en', locales: { en: template } },
  });
}
