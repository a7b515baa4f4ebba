import { z } from 'zod';
import { requiredEmailAddress } from '../../core/contacts/address.schema';
import { timeZone } from '../../core/contacts/contact.schema';
import { caps, quietHours } from '../../core/workspaces/rules.schema';
import { mostDailyLimit, usualDailyLimit, type Workspace } from '../../core/workspaces/workspace';
import { present } from '../http/answers';
import { operation } from '../http/operation';
import { json, refusal } from '../http/reply';
import { senderFault } from './senders';

const text = (longest: number) => z.string().min(1).max(longest);

const mostLinkDomains = 100;
const label = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?';
const linkDomain = z
  .string()
  .max(255)
  .regex(new RegExp(String.raw`^(?:\*\.)?(?:${label}\.)*${label}$`), {
    error: 'is not a host in lower case and ASCII such as shop.example, or *.shop.example',
  });

const workspaceInput = z.strictObject({
  name: text(200),
  from: requiredEmailAddress.meta({
    description:
      'The address that messages come from; its domain is confirmed, see PUT /v1/senders/{domain}',
  }),
  replyTo: requiredEmailAddress.optional(),
  zone: timeZone.meta({ description: 'Where a contact and its journey have none' }),
  locale: text(35).meta({ description: 'BCP 47, where a contact has none' }),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/, { error: 'is not an ISO 4217 code such as EUR' })
    .optional(),
  country: z
    .string()
    .regex(/^[A-Z]{2}$/, { error: 'is not an ISO 3166 code such as IT' })
    .optional(),
  postalAddress: text(500).optional().meta({ description: 'Printed under marketing messages' }),
  dailyLimitPerAddress: z
    .int()
    .min(1)
    .max(mostDailyLimit)
    .optional()
    .meta({
      description: `Messages of any purpose to one address on a UTC day, by each channel; by default ${usualDailyLimit}. Further ones are skipped as address-limit`,
    }),
  linkDomains: z
    .array(linkDomain)
    .max(mostLinkDomains)
    .optional()
    .meta({
      description:
        'The hosts that links and pictures of messages may lead to; `*.shop.example` is each host below `shop.example`. Others are left out of what is sent. Our own links for unsubscribing stay. Absent: any host',
      examples: [['shop.example', '*.shop.example']],
    }),
  quietHours: quietHours.optional().meta({
    description:
      'Hours in which nobody is written to, in the zone of the contact, else of its country, its journey, the workspace. Messages wait until they are over',
    examples: [[{ from: '21:00', to: '09:00' }]],
  }),
  caps: caps.optional().meta({
    description:
      'The most messages to a person within a time. Messages over it wait for room as long as their step allows, and are skipped as frequency-cap otherwise',
    examples: [[{ most: 1, within: 'P1D' }]],
  }),
  softOptIn: z.boolean().optional().meta({
    description:
      'Marketing by e-mail also goes to those with a consent of the basis `soft-opt-in`: they gave their address in a sale and have not objected. For your own similar goods alone, where your law allows it. Absent: to nobody without a consent of their own',
  }),
});
const workspaceSchema = z
  .object({ id: z.string(), ...workspaceInput.shape })
  .meta({ id: 'Workspace' });

export const getWorkspace = operation({
  summary: 'The workspace of the key',
  answers: { 200: { description: 'The workspace', schema: workspaceSchema } },
  handle: ({ workspace }) => json(200, workspace),
});

export const putWorkspace = operation({
  summary: 'Replace the facts of the workspace',
  body: workspaceInput,
  answers: { 200: { description: 'The workspace as it is now', schema: workspaceSchema } },
  refuses: ['unprocessable'],
  handle: async ({ body, workspace }, deps) => {
    const { name, from, zone, locale, ...optional } = body;
    const isNewSender = from !== workspace.from;
    const fault = isNewSender ? await senderFault(deps, workspace.id, from) : undefined;
    if (fault) return refusal('unprocessable', `${fault.detail}.`, [fault]);
    const changed: Workspace = { id: workspace.id, name, from, zone, locale, ...present(optional) };
    await deps.store.workspaces.put(changed);
    deps.callers.workspaces.forget(workspace.id);
    return json(200, changed);
  },
});
