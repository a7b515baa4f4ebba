import type { OutgoingEmail } from '../../channels/channel';
import { render, type RenderFacts } from '../../channels/templates/render';
import { emailMessageIdOf } from '../../channels/email/smtp';
import { parseStoredTemplate } from '../../channels/templates/stored-template';
import { contactFactsOf, type Contact } from '../../core/contacts/contact';
import { DomainError } from '../../core/domain-error';
import { occurrenceFactsOf } from '../../core/conditions/facts';
import { messageIdOf } from '../../core/ids';
import type { ActivityDependencies } from '../dependencies';
import type { Sending } from './sending';

export type Composed =
  | Readonly<{ kind: 'composed'; email: Omit<OutgoingEmail, 'to'> }>
  | Readonly<{ kind: 'failed'; because: 'render-failed' }>;

/** Renders the message over the newest snapshot. What cannot be rendered is an outcome: a retry would not help. */
export async function compose(
  dependencies: ActivityDependencies,
  sending: Sending,
): Promise<Composed> {
  const { store } = dependencies;
  const { row, step, workspace, instruction } = sending;
  const [template, contact] = await Promise.all([
    store.templates.find(row.workspace, step.template),
    store.contacts.findById(row.workspace, row.contact),
  ]);
  if (!template || !contact) return { kind: 'failed', because: 'render-failed' };
  const url = dependencies.unsubscribeUrl(row.workspace, contact);
  const from = { name: workspace.name, address: workspace.from };
  try {
    const rendered = render(
      parseStoredTemplate(template.compiled),
      renderFactsOf(sending, contact, url),
      contact.locale ?? workspace.locale,
    );
    const key = messageIdOf(row.id, step.id, instruction.visit);
    return {
      kind: 'composed',
      email: {
        ...rendered,
        from,
        ...(workspace.replyTo && { replyTo: { address: workspace.replyTo } }),
        messageId: emailMessageIdOf(key, domainOf(workspace.from)),
        ...(step.purpose === 'marketing' && { unsubscribe: { url } }),
      },
    };
  } catch (error) {
    if (error instanceof DomainError) return { kind: 'failed', because: 'render-failed' };
    throw error;
  }
}

function renderFactsOf(
  { row, workspace }: Sending,
  contact: Contact,
  unsubscribe: string,
): RenderFacts {
  const { name, postalAddress, zone } = workspace;
  return {
    contact: contactFactsOf(contact),
    entry: occurrenceFactsOf(row.snapshot),
    workspace: { name, zone, ...(postalAddress && { postalAddress }) },
    links: { unsubscribe },
  };
}

function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1);
}
