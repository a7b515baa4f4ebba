import { createHmac, timingSafeEqual } from 'node:crypto';
import type { ReportDelivery } from '../../core/messages/report';

const toleranceMs = 5 * 60_000;

/**
 * Says whether one of these secrets has signed a request lately, by the Standard Webhooks. A secret
 * is base64, with `whsec_` before it or not.
 * https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 */
export function isSignedStandard(
  { headers, rawBody, now }: Omit<ReportDelivery, 'url'>,
  secrets: readonly string[],
): boolean {
  const [id, stamp, signatures] = ['id', 'timestamp', 'signature'].map((name) =>
    String(headers[`webhook-${name}`] ?? headers[`svix-${name}`] ?? ''),
  );
  const isRecent = Math.abs(now - Number(stamp) * 1_000) <= toleranceMs;
  if (!isRecent || !stamp || !signatures) return false;
  const signed = Buffer.concat([Buffer.from(`${id}.${stamp}.`), rawBody]);
  const given = signatures.split(' ').filter((each) => each.startsWith('v1,'));
  return secrets.some((secret) => {
    const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
    const own = `v1,${createHmac('sha256', key).update(signed).digest('base64')}`;
    return given.some((each) => isSameSecret(each, own));
  });
}

/** Compares two texts in a time that tells nothing of where they differ. */
export function isSameSecret(given: string, own: string): boolean {
  const [left, right] = [Buffer.from(given), Buffer.from(own)];
  return left.length === right.length && timingSafeEqual(left, right);
}
