import { builtInJourneys, builtInTemplates } from '../src/library/built-in';
import { createApiClient, type ApiAddress } from './api-client';

const workspace = {
  name: 'Itinera Demo Shop',
  from: 'shop@itinera.example',
  zone: 'Europe/Rome',
  country: 'IT',
  locale: 'en',
  currency: 'EUR',
  postalAddress: 'Via Esempio 1, 00100 Roma, Italy',
};

/**
 * Gives a development stack a workspace with the built-in templates and journeys, published over
 * HTTP. A repeat changes nothing. Throws DomainError `unavailable` that names what was refused, and
 * why.
 */
export async function installLibrary(address: ApiAddress): Promise<void> {
  const { put } = createApiClient(address);
  await put('/v1/workspace', workspace);
  for (const template of builtInTemplates) await put(`/v1/templates/${template.id}`, template);
  for (const journey of builtInJourneys) await put(`/v1/journeys/${journey.id}`, journey);
}
