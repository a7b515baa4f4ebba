import { createHmac } from 'node:crypto';
import type { ReportKind } from '../../core/events/message-event';
import { workspaceId } from '../../core/ids';
import { inboundWordIn, type InboundMessage } from '../../core/messages/inbound';
import type { MessageReport, ReadReports } from '../../core/messages/report';
import { itemsIn, jsonOf, partOf, textIn } from '../http/json-parts';
import { impersonal } from '../http/read-answer';
import { referenceIn } from '../http/reference';
import { isSameSecret } from '../http/standard-webhook';
import { ofTheNumber } from './cloud-answer';

const kinds: Readonly<Record<string, ReportKind>> = {
  delivered: 'delivered',
  read: 'opened',
  failed: 'bounced',
};

/**
 * Reads the webhooks of WhatsApp, signed with the secret of the app. A request may hold
 * several.
 * https://developers.facebook.com/docs/whatsapp/cloud-api/webhooks/components
 */
export function readCloudReports(secrets: readonly string[]): ReadReports {
  return ({ headers, rawBody, url, now }) => {
    const given = String(headers['x-hub-signature-256'] ?? '');
    const isSigned = secrets.some((secret) =>
      isSameSecret(given, `sha256=${createHmac('sha256', secret).update(rawBody).digest('hex')}`),
    );
    if (!isSigned) return undefined;
    const workspace = new URL(url).searchParams.get('workspace') ?? '';
    return itemsIn(jsonOf(Buffer.from(rawBody).toString()), 'entry')
      .flatMap((entry) => itemsIn(entry, 'changes'))
      .map((change) => partOf(change, 'value'))
      .flatMap((value) => [
        ...itemsIn(value, 'statuses').flatMap((status) => reportIn(status, now) ?? []),
        ...itemsIn(value, 'messages').flatMap((message) => answerIn(message, workspace) ?? []),
      ]);
  };
}

/** A person writes a text, or presses a button of a template. */
function answerIn(message: unknown, workspace: string): InboundMessage | undefined {
  const text = textIn(partOf(message, 'text'), 'body') || textIn(partOf(message, 'button'), 'text');
  const [word, from] = [inboundWordIn(text), textIn(message, 'from')];
  if (!word || from === '' || workspace === '') return undefined;
  return { workspace: workspaceId(workspace), from: `+${from}`, word };
}

function reportIn(status: unknown, now: number): MessageReport | undefined {
  const kind = kinds[textIn(status, 'status')];
  const reference = referenceIn(textIn(status, 'biz_opaque_callback_data'));
  if (!kind || !reference) return undefined;
  const [error] = itemsIn(status, 'errors');
  const code = textIn(error, 'code');
  const [providerId, recipient] = [textIn(status, 'id'), textIn(status, 'recipient_id')];
  return {
    reference,
    kind,
    at: Math.min(Number(textIn(status, 'timestamp')) * 1_000 || now, now),
    ...(providerId !== '' && { providerId }),
    ...(recipient !== '' && { address: `+${recipient}` }),
    ...(kind === 'bounced' && { detail: impersonal(`${code} ${textIn(error, 'title')}`.trim()) }),
    ...(kind === 'bounced' && ofTheNumber.includes(code) && { isPermanent: true }),
  };
}
