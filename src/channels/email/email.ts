import { withoutInvisible } from '../../core/contacts/email-address';
import type { Channel, Envelope } from '../channel';
import { compileEmail } from './compile-email';
import {
  compiledEmailSchema,
  emailSourceSchema,
  renderedEmailSchema,
  type CompiledEmail,
  type EmailSource,
  type RenderedEmail,
} from './email-content';
import { emailMessageIdOf } from './checked-mail';
import type { OutgoingEmail } from './outgoing-email';
import { inspectEmail, renderEmail } from './render-email';
import { createEmailProvider, createEmailReportReader } from './email-providers';

/** E-mail: MJML or HTML with a text part, carried by SMTP or an API. */
export const email: Channel<'email', EmailSource, CompiledEmail, RenderedEmail, OutgoingEmail> = {
  name: 'email',
  addressOf: ({ email: address }) => address && withoutInvisible(address),
  sourceSchema: emailSourceSchema,
  compiledSchema: compiledEmailSchema,
  renderedSchema: renderedEmailSchema,
  compile: compileEmail,
  render: renderEmail,
  inspect: inspectEmail,
  compose: composeEmail,
  createProvider: createEmailProvider,
  createReportReader: createEmailReportReader,
};

function composeEmail(
  rendered: RenderedEmail,
  { message, workspace, to, unsubscribeUrl }: Envelope,
): OutgoingEmail {
  const { name, from, replyTo } = workspace;
  return {
    ...rendered,
    to,
    from: { name, address: from },
    ...(replyTo && { replyTo: { address: replyTo } }),
    reference: { workspace: workspace.id, message },
    messageId: emailMessageIdOf(message, from.slice(from.lastIndexOf('@') + 1)),
    ...(unsubscribeUrl !== undefined && { unsubscribe: { url: unsubscribeUrl } }),
  };
}
