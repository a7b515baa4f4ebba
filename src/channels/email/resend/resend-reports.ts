import type { ReportKind } from '../../../core/events/message-event';
import type { MessageReport, ReadReports } from '../../../core/messages/report';
import { itemsIn, jsonOf, partOf, textIn } from '../../http/json-parts';
import { isMachine } from '../../http/machines';
import { impersonal } from '../../http/read-answer';
import { referenceInTags } from '../../http/reference';
import { isSignedStandard } from '../../http/standard-webhook';

const kinds: Readonly<Record<string, ReportKind>> = {
  'email.delivered': 'delivered',
  'email.bounced': 'bounced',
  'email.failed': 'bounced',
  'email.suppressed': 'bounced',
  'email.complained': 'complained',
  'email.opened': 'opened',
  'email.clicked': 'clicked',
};

/**
 * Reads the webhooks of Resend, which name a message by its tags.
 * https://resend.com/docs/dashboard/webhooks/event-types
 */
export function readResendReports(secrets: readonly string[]): ReadReports {
  return (delivery) => {
    if (!isSignedStandard(delivery, secrets)) return undefined;
    const report = reportIn(jsonOf(Buffer.from(delivery.rawBody).toString()), delivery.now);
    return report ? [report] : [];
  };
}

function reportIn(body: unknown, now: number): MessageReport | undefined {
  const data = partOf(body, 'data');
  const kind = kinds[textIn(body, 'type')];
  const reference = referenceInTags(tagIn(data, 'workspace'), tagIn(data, 'message'));
  if (!kind || !reference) return undefined;
  const [address] = [partOf(data, 'to')].flat();
  return {
    reference,
    kind,
    at: stampIn(textIn(partOf(data, 'click'), 'timestamp') || textIn(body, 'created_at'), now),
    ...idIn(textIn(data, 'email_id')),
    ...(typeof address === 'string' && { address }),
    ...(kind === 'bounced' ? bounceIn(data) : engagementIn(data)),
  };
}

function bounceIn(data: unknown): Partial<MessageReport> {
  const bounce = partOf(data, 'bounce');
  const words = [textIn(bounce, 'type'), textIn(bounce, 'subType'), textIn(bounce, 'message')];
  const told = [...words, textIn(partOf(data, 'failed'), 'reason')].filter((word) => word !== '');
  return {
    ...(told.length > 0 && { detail: impersonal(told.join(' ')) }),
    ...(textIn(bounce, 'type') === 'Permanent' && { isPermanent: true }),
  };
}

function engagementIn(data: unknown): Partial<MessageReport> {
  const click = partOf(data, 'click');
  const userAgent = textIn(click ?? partOf(data, 'open'), 'userAgent');
  const link = textIn(click, 'link');
  return {
    ...(link !== '' && { link }),
    ...(isMachine(userAgent) && { isMachine: true }),
  };
}

/** Tags come as an object, and came as a list of names and values. */
function tagIn(data: unknown, name: string): string {
  const listed = itemsIn(data, 'tags').find((tag) => textIn(tag, 'name') === name);
  return listed === undefined ? textIn(partOf(data, 'tags'), name) : textIn(listed, 'value');
}

function idIn(providerId: string) {
  return providerId === '' ? {} : { providerId };
}

function stampIn(text: string, now: number): number {
  const at = Date.parse(text);
  return Number.isNaN(at) ? now : Math.min(at, now);
}
