import { z } from 'zod';
import { obeyWord } from '../../operations/contacts/obey-word';
import { takeReport } from '../../operations/messages/take-report';
import { openOperation, signedOperation } from '../http/operation';
import { json, refusal, text, type Reply } from '../http/reply';

const params = z.strictObject({
  provider: z
    .string()
    .max(40)
    .meta({ description: 'The scheme of its URL', examples: ['resend'] }),
});

export const postReports = signedOperation({
  summary: 'What a provider reports on messages: delivered, bounced, complained, opened, clicked',
  description:
    'For the webhooks of Resend, Brevo, Twilio and WhatsApp, in their own formats and with their own signatures. A report names its message by what it was sent with. It goes into the ledger; a bounce for good and a complaint suppress the address; a wait for `message.<step>.<kind>` hears it. Reports may be repeated and come in any order. STOP and START of a person, by Twilio or WhatsApp at the same URL with `?workspace=ID`, close and open its number. What is about no message of ours is left out.',
  params,
  answers: {
    200: { description: 'Durable', schema: z.object({ taken: z.int(), left: z.int() }) },
  },
  refuses: ['not-found'],
  handle: async ({ params: { provider }, sent }, deps) => {
    const reader = deps.reports.get(provider);
    if (!reader) return nobody(provider);
    const url = `${deps.links.origin}${sent.url}`;
    const reports = reader.read({ ...sent, url, now: deps.clock.realNow() });
    if (!reports) return refusal('unauthenticated', forged);
    let taken = 0;
    for (const said of reports) {
      const isTaken =
        'word' in said
          ? await obeyWord({ ...deps, now: deps.clock.now() }, reader.channel, said)
          : (await takeReport(deps, provider, said)) === 'taken';
      if (isTaken) taken += 1;
    }
    return json(200, { taken, left: reports.length - taken });
  },
});

const forged =
  'The signature is missing or too old, or does not fit; compare the secret with that of the provider.';

function nobody(provider: string): Reply {
  const detail = `No provider "${provider.slice(0, 40)}" reports here; name one in use, and give its secret.`;
  return refusal('not-found', detail);
}

export const getReports = openOperation({
  summary: 'Answers WhatsApp when it asks whether this URL is meant',
  description: 'It repeats `hub.challenge`. A report counts by its signature alone.',
  params,
  query: z.object({
    'hub.challenge': z
      .string()
      .regex(/^\d{1,20}$/)
      .optional(),
  }),
  answers: { 200: { description: 'The challenge', schema: z.string(), type: 'text/plain' } },
  handle: ({ query }) => text(200, 'text/plain', query['hub.challenge'] ?? ''),
});
