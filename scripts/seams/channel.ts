import { behind, create, edit, imports, type Plantation } from './plantation';

/** Another way to reach a contact. */
export const channel: Plantation = {
  name: 'A channel',
  filesAtMost: 5,
  places: [
    edit(
      'src/core/channels.ts',
      behind('export const channels = [', "'pager', "),
      behind("  en: { email: 'email',", " pager: 'pager',"),
      behind("  it: { email: 'e-mail',", " pager: 'cercapersone',"),
    ),
    create(
      'src/channels/pager/pager.ts',
      `
import { z } from 'zod';
import type { Channel, Provider } from '../channel';

type Content = Readonly<{ text: string }>;
type Outgoing = Readonly<{ to: string; text: string }>;

const content = z.object({ text: z.string().max(1_000) });

/** A line of text on a pager. */
export const pager: Channel<'pager', Content, Content, Content, Outgoing> = {
  name: 'pager',
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
  createReportReader: () => undefined,
};

function createGateway(url: string): Provider<Outgoing> {
  return {
    name: new URL(url).host,
    repeatsDroppedMs: 86_400_000,
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
      imports("{ pager } from './pager/pager'"),
      behind('const modules = {', ' pager,'),
    ),
    edit(
      'src/process/environment.ts',
      behind('  TEMPORAL_API_KEY: z.string().optional(),\n', '  PAGER_URL: z.url().optional(),\n'),
      behind(
        "  TEMPORAL_API_KEY: 'give the key as one line of text',\n",
        "  PAGER_URL: 'give the URL of the gateway',\n",
      ),
    ),
    edit(
      'src/process/provider-urls.ts',
      behind('  return {', " pager: values.PAGER_URL ?? 'http://127.0.0.1:1026',"),
    ),
  ],
};
