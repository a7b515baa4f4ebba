import type { PreparedMessage } from '../../channels/connect-channels';
import type { RenderFacts } from '../../channels/templates/render';
import { parseCompiledTemplate } from '../../channels/templates/template.schema';
import { occurrenceFactsOf } from '../../core/conditions/facts';
import { isWithdrawable } from '../../core/channels';
import { contactFactsOf, type Contact } from '../../core/contacts/contact';
import { DomainError } from '../../core/domain-error';
import type { Message } from '../../core/messages/message';
import type { ActivityDependencies } from '../dependencies';
import type { Sending } from './sending';

export type Composed =
  | Readonly<{ kind: 'composed'; prepared: PreparedMessage }>
  | Readonly<{ kind: 'failed'; because: 'render-failed' }>;

/**
 * Renders the message over the newest snapshot, for the channel of its claim. A message that cannot
 * be rendered is an outcome: a retry would not help.
 */
export async function compose(
  { channels, links }: ActivityDependencies,
  sending: Sending,
  { id, channel, purpose }: Message,
): Promise<Composed> {
  const { enrollment, workspace, contact, template } = sending;
  if (!template || !contact) return { kind: 'failed', because: 'render-failed' };
  const named = { workspace: enrollment.workspace, contact: contact.id, channel, purpose };
  const url = isWithdrawable(purpose) ? links.unsubscribeUrl(named) : undefined;
  try {
    const prepared = await channels[channel].prepare(parseCompiledTemplate(template.compiled), {
      facts: renderFactsOf(sending, contact, url),
      locale: contact.locale ?? workspace.locale,
      envelope: {
        message: id,
        workspace,
        reportsTo: links.reportsUrl(channels[channel].provider.name),
        ...(url !== undefined && { unsubscribeUrl: url }),
      },
    });
    return { kind: 'composed', prepared };
  } catch (error) {
    if (error instanceof DomainError && error.code === 'invalid')
      return { kind: 'failed', because: 'render-failed' };
    throw error;
  }
}

function renderFactsOf(
  { enrollment, workspace }: Sending,
  contact: Contact,
  unsubscribe: string | undefined,
): RenderFacts {
  const { name, postalAddress, zone, linkDomains } = workspace;
  return {
    contact: contactFactsOf(contact),
    entry: occurrenceFactsOf(enrollment.snapshot),
    workspace: { name, zone, ...(postalAddress && { postalAddress }) },
    links: unsubscribe === undefined ? {} : { unsubscribe },
    ...(linkDomains && { linkDomains }),
  };
}
