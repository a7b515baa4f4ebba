import { behind, create, edit, imports, type Plantation } from './plantation';

/** Another way to reach a contact. */
export const channel: Plantation = {
  name: 'A channel',
  filesAtMost: 5,
  places: [
    edit('src/core/contacts/contact.ts', behind('export const channels = [', "'sms', ")),
    create(
      'src/channels/sms/sms.ts',
      `
import { z } from 'zod';
import type { Channel, Provider } from '../channel';

type Content = Readonly<{ text: string }>;
type Outgoing = Readonly<{ to: string; text: string }>;

const content = z.object({ text: z.string().max(1_000) });

/** A text message to a telephone. */
export const sms: Channel<'sms', Content, Content, Content, Outgoing> = {
  name: 'sms',
  addressOf: ({ phone }) => phone,
  sourceSchema: content,
  compiledSchema: content,
  renderedSchema: content,
  compile: (compiled) =>
    Promise.resolve({ compiled, variables: [], hasUnsubscribe: false, faults: [] }),
  render: ({ text }, fill) => ({ text: fill(text, 'text') }),
  inspect: ({ text }) => ({ size: text.length, links: [] }),
  compose: ({ text }, { to }) => ({ to, text }),
  createProvider: createGateway,
};

function createGateway(url: string): Provider<Outgoing> {
  return {
    name: new URL(url).host,
    deduplicates: true,
    slots: 5,
    take: () =>
      Promise.resolve({
        deliver: (_message, key) => Promise.resolve({ kind: 'accepted', providerId: key }),
        release: () => undefined,
      }),
    close: () => undefined,
  };
}
`,
    ),
    edit(
      'src/channels/channels.ts',
      imports("{ sms } from './sms/sms'"),
      behind('const modules = {', ' sms,'),
    ),
    edit(
      'src/process/environment.ts',
      behind('  TEMPORAL_API_KEY: z.string().optional(),\n', '  SMS_URL: z.url().optional(),\n'),
      behind(
        "  TEMPORAL_API_KEY: 'give the key as one line of text',\n",
        "  SMS_URL: 'give the URL of the gateway',\n",
      ),
    ),
    edit(
      'src/process/config.ts',
      behind('    providerUrls: {', " sms: values.SMS_URL ?? 'http://127.0.0.1:1026',"),
    ),
  ],
};
