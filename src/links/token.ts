import { createHmac, timingSafeEqual } from 'node:crypto';
import { channels, purposes, type ChannelName, type Purpose } from '../core/channels';
import { contactId, workspaceId, type ContactId, type WorkspaceId } from '../core/ids';

/** A link in a message lets its holder refuse this purpose on this channel. It needs no login. */
export type UnsubscribeClaim = Readonly<{
  workspace: WorkspaceId;
  contact: ContactId;
  channel: ChannelName;
  purpose: Purpose;
}>;

export type Links = Readonly<{
  /** The form of such a URL, for previews. It refuses nothing. */
  sampleUrl: string;
  /** The same claim gives the same URL, until another key signs. */
  unsubscribeUrl(claim: UnsubscribeClaim): string;
  /** The base of every link, without a slash at its end. */
  origin: string;
  /** The URL that takes the reports of a provider on messages. */
  reportsUrl(provider: string): string;
  /** The claim of a token we signed; undefined for any other text, however close. */
  readUnsubscribe(token: string): UnsubscribeClaim | undefined;
}>;

/** The path below which providers report on messages, each at its name. */
export const reportsPath = '/hooks/providers/';

type LinkKey = Readonly<{ id: string; bytes: Uint8Array }>;

type Settings = Readonly<{
  /** The first signs, each verifies. */
  keys: readonly [LinkKey, ...LinkKey[]];
  /** Secrets that signed the links of version 0.1, which name no key. */
  unnamed: readonly string[];
  publicUrl: string;
}>;

/** Signed links below `publicUrl` (HMAC-SHA256, 128 bits kept). They hold ids only, no address. */
export function createLinks({ keys, unnamed, publicUrl }: Settings): Links {
  const base = publicUrl.replace(/\/+$/, '');
  const [newest] = keys;
  return {
    sampleUrl: `${base}/u/example`,
    unsubscribeUrl(claim) {
      const payload = payloadOf(claim);
      return `${base}/u/${signed(payload, newest)}`;
    },
    origin: base,
    reportsUrl: (provider) => `${base}${reportsPath}${provider}`,
    readUnsubscribe(token) {
      const [payload = ''] = token.split('.');
      const valid = [
        ...keys.map((key) => signed(payload, key)),
        ...unnamed.map((secret) => signedUnnamed(payload, secret)),
      ];
      return valid.some((text) => isSameText(token, text)) ? claimOf(payload) : undefined;
    },
  };
}

function signed(payload: string, { id, bytes }: LinkKey): string {
  return `${payload}.${id}.${signatureOf(bytes, `unsubscribe.2.${id}.${payload}`)}`;
}

function signedUnnamed(payload: string, secret: string): string {
  return `${payload}.${signatureOf(secret, `unsubscribe.1.${payload}`)}`;
}

function signatureOf(key: string | Uint8Array, text: string): string {
  return createHmac('sha256', key).update(text).digest().subarray(0, 16).toString('base64url');
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
