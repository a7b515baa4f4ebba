import { createHmac, timingSafeEqual } from 'node:crypto';
import { channels, purposes, type ChannelName, type Purpose } from '../core/contacts/contact';
import { contactId, workspaceId, type ContactId, type WorkspaceId } from '../core/ids';

/** A link in a message lets its holder refuse this purpose on this channel. It needs no login. */
export type UnsubscribeClaim = Readonly<{
  workspace: WorkspaceId;
  contact: ContactId;
  channel: ChannelName;
  purpose: Purpose;
}>;

export type Links = Readonly<{
  /**
   * The same claim gives the same URL, for ever. A link in an old message keeps working while the
   * secret does.
   */
  unsubscribeUrl(claim: UnsubscribeClaim): string;
  /** The claim of a token we signed; undefined for any other text, however close. */
  readUnsubscribe(token: string): UnsubscribeClaim | undefined;
}>;

/** Signed links below `publicUrl` (HMAC-SHA256, 128 bits kept). They hold ids only, no address. */
export function createLinks({
  secret,
  publicUrl,
}: Readonly<{ secret: string; publicUrl: string }>): Links {
  const base = publicUrl.replace(/\/+$/, '');
  const sign = (payload: string) =>
    createHmac('sha256', secret)
      .update(`unsubscribe.1.${payload}`)
      .digest()
      .subarray(0, 16)
      .toString('base64url');

  return {
    unsubscribeUrl(claim) {
      const payload = payloadOf(claim);
      return `${base}/u/${payload}.${sign(payload)}`;
    },
    readUnsubscribe(token) {
      const [payload = '', signature = '', ...rest] = token.split('.');
      const isOurs = rest.length === 0 && isSameText(signature, sign(payload));
      return isOurs ? claimOf(payload) : undefined;
    },
  };
}

/**
 * Compares the written form. Base64url spells the same bytes in several ways, and only ours is
 * accepted.
 */
function isSameText(left: string, right: string): boolean {
  const [a, b] = [Buffer.from(left), Buffer.from(right)];
  return a.length === b.length && timingSafeEqual(a, b);
}

function payloadOf({ workspace, contact, channel, purpose }: UnsubscribeClaim): string {
  return Buffer.from(JSON.stringify([workspace, contact, channel, purpose])).toString('base64url');
}

function claimOf(payload: string): UnsubscribeClaim | undefined {
  const fields: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'));
  if (!Array.isArray(fields)) return undefined;
  const [workspace, contact, channelText, purposeText] = fields.map(String);
  const channel = channels.find((name) => name === channelText);
  const purpose = purposes.find((name) => name === purposeText);
  if (workspace === undefined || contact === undefined || !channel || !purpose) return undefined;
  return { workspace: workspaceId(workspace), contact: contactId(contact), channel, purpose };
}
