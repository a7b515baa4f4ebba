import { behind, create, edit, imports, type Plantation } from './plantation';

/** The format of another system. */
export const connector: Plantation = {
  name: 'A connector',
  filesAtMost: 3,
  places: [
    create(
      'src/connectors/till/till.ts',
      `
import { z } from 'zod';
import { createConnector, type SingleEndpoint } from '../connector';
import { timingOf } from '../occurred-at';

const receipt = z.object({
  number: z.string(),
  customer: z.string(),
  paidAtMs: z.number(),
  total: z.number(),
});

const endpoint: SingleEndpoint = {
  kind: 'single',
  path: '/v1/till',
  summary: 'A receipt of the till',
  description: 'Its number makes a repeat harmless.',
  envelope: z.looseObject({}),
  document: receipt,
  messageIn: (envelope) => envelope,
};

/** A till in a shop, which shares a secret. */
export const till = createConnector({
  kind: 'till',
  verify: ({ headers, secret }) => headers['x-till'] === secret,
  message: receipt,
  meanings: ({ number, customer, paidAtMs, total }, reception) => [
    {
      kind: 'event',
      event: {
        id: number,
        name: 'Order Completed',
        contact: { userId: customer },
        properties: { total },
        source: 'till',
        ...timingOf({ happened: paidAtMs }, reception),
      },
    },
  ],
  endpoints: [endpoint],
});
`,
    ),
    edit(
      'src/connectors/connector.ts',
      behind("export type ConnectorKind = 'segment'", " | 'till'"),
    ),
    edit(
      'src/connectors/connectors.ts',
      imports("{ till } from './till/till'"),
      behind('export const connectors = {', ' till,'),
    ),
  ],
};
