import type { ChannelName } from '../channels';
import type { ReportKind } from '../events/message-event';
import type { MessageId, WorkspaceId } from '../ids';
import type { Instant } from '../time/clock';
import type { InboundMessage } from './inbound';

/** The statuses that a provider reports, from the weakest to the strongest. */
export const reportedStatuses = ['delivered', 'bounced', 'complained'] as const;
/** The status of a message that its provider has reported on. */
export type ReportedStatus = (typeof reportedStatuses)[number];

/** When each thing was first reported of a message. Opens by machines do not count. */
export type ReportTimes = Readonly<Partial<Record<`${ReportKind}At`, Instant>>>;

/** A message as its provider is told of it, so that reports name it. It says nothing personal. */
export type MessageReference = Readonly<{ workspace: WorkspaceId; message: MessageId }>;

/** A report of a provider on one message. The same one may come again, and in any order. */
export type MessageReport = Readonly<{
  reference: MessageReference;
  kind: ReportKind;
  /** In real epoch milliseconds. */
  at: number;
  providerId?: string;
  /** The address that the message went to, as the provider names it. */
  address?: string;
  /** True where nothing will ever reach the address. */
  isPermanent?: true;
  /** The provider's code and words, without an address. */
  detail?: string;
  /** The address of the link that was clicked. */
  link?: string;
  /** A program has opened or clicked it, such as a scanner or a proxy. */
  isMachine?: true;
}>;

/** Opened or clicked, a message must have been delivered. */
export function reportedStatusOf(kind: ReportKind): ReportedStatus {
  return kind === 'opened' || kind === 'clicked' ? 'delivered' : kind;
}

/** A request of a provider that reports on messages. */
export type ReportDelivery = Readonly<{
  headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  rawBody: Uint8Array;
  /** The public URL that was asked, with its query. */
  url: string;
  /** Now, in real epoch milliseconds. */
  now: number;
}>;

/**
 * Reads the reports and the answers of people in a request. Reports name messages of ours.
 * Undefined where nobody vouches for the request. Reports on nothing of ours, or without news, are
 * left out.
 */
export type ReadReports = (
  delivery: ReportDelivery,
) => readonly (MessageReport | InboundMessage)[] | undefined;

/** A provider that reports: the channel it carries, and how its reports are read. */
export type ReportReader = Readonly<{ channel: ChannelName; read: ReadReports }>;

/** The readers by the name of their provider. */
export type ReportReaders = ReadonlyMap<string, ReportReader>;
