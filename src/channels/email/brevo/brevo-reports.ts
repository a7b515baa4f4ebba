import type { ReportKind } from '../../../core/events/message-event';
import type { MessageReport, ReadReports } from '../../../core/messages/report';
import { itemsIn, jsonOf, textIn } from '../../http/json-parts';
import { impersonal } from '../../http/read-answer';
import { referenceIn } from '../../http/reference';
import { isSameSecret } from '../../http/standard-webhook';

/** A header that Brevo repeats in its webhooks. */
export const reportedHeader = 'X-Mailin-custom';

const kinds: Readonly<Record<string, ReportKind>> = {
  delivered: 'delivered',
  hard_bounce: 'bounced',
  soft_bounce: 'bounced',
  blocked: 'bounced',
  invalid_email: 'bounced',
  error: 'bounced',
  spam: 'complained',
  complaint: 'complained',
  opened: 'opened',
  unique_opened: 'opened',
  proxy_open: 'opened',
  unique_proxy_open: 'opened',
  click: 'clicked',
};

/** Nothing will ever reach these addresses. */
const permanent = ['hard_bounce', 'invalid_email'];

/**
 * Reads the webhooks of Brevo, which name a message by a header. Brevo signs nothing: it sends a
 * bearer token that its operator has given it. A request may hold several.
 * https://developers.brevo.com/docs/transactional-webhooks
 */
export function readBrevoReports(tokens: readonly string[]): ReadReports {
  return ({ headers, rawBody, now }) => {
    const given = String(headers['authorization'] ?? '');
    if (!tokens.some((token) => isSameSecret(given, `Bearer ${token}`))) return undefined;
    const body = jsonOf(Buffer.from(rawBody).toString());
    const each = Array.isArray(body) ? itemsIn({ body }, 'body') : [body];
    return each.flatMap((one) => reportIn(one, now) ?? []);
  };
}

function reportIn(body: unknown, now: number): MessageReport | undefined {
  const event = textIn(body, 'event');
  const kind = kinds[event];
  const reference = referenceIn(textIn(body, reportedHeader));
  if (!kind || !reference) return undefined;
  const [providerId, address] = [textIn(body, 'message-id'), textIn(body, 'email')];
  return {
    reference,
    kind,
    at: Math.min(Number(textIn(body, 'ts_epoch')) || now, now),
    ...(providerId !== '' && { providerId }),
    ...(address !== '' && { address }),
    ...(permanent.includes(event) && { isPermanent: true }),
    ...(kind === 'bounced' && {
      detail: impersonal(`${event} ${textIn(body, 'reason')}`.trim()),
    }),
    ...(kind === 'clicked' && { link: textIn(body, 'link') }),
    ...(event.includes('proxy') && { isMachine: true }),
  };
}
