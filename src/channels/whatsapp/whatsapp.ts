import { internationalNumber } from '../../core/contacts/reach/phone-number';
import type { Channel, Inspection } from '../channel';
import { createCloudApi, type OutgoingWhatsApp } from './cloud-api';
import { readCloudReports } from './cloud-reports';
import { compileWhatsApp } from './compile-whatsapp';
import { renderWhatsApp } from './render-whatsapp';
import {
  renderedWhatsAppSchema,
  whatsAppContentSchema,
  type RenderedWhatsApp,
  type WhatsAppContent,
} from './whatsapp-content';

/** Messages to telephones by WhatsApp, carried by its Cloud API. */
export const whatsapp: Channel<
  'whatsapp',
  WhatsAppContent,
  WhatsAppContent,
  RenderedWhatsApp,
  OutgoingWhatsApp
> = {
  name: 'whatsapp',
  addressOf: ({ phone }) => (phone === undefined ? undefined : internationalNumber(phone)),
  sourceSchema: whatsAppContentSchema,
  compiledSchema: whatsAppContentSchema,
  renderedSchema: renderedWhatsAppSchema,
  compile: compileWhatsApp,
  render: renderWhatsApp,
  inspect: inspectWhatsApp,
  compose: (rendered, { to, workspace, message }) => ({
    ...rendered,
    to,
    reference: { workspace: workspace.id, message },
  }),
  createProvider: (url) => createCloudApi({ url }),
  createReportReader: (_url, secrets) => readCloudReports(secrets),
};

function inspectWhatsApp({ text }: RenderedWhatsApp): Inspection {
  const links = text.match(/\bhttps?:\/\/[^\s<>"']+/g) ?? [];
  return { size: Buffer.byteLength(text), links: [...new Set(links)] };
}
