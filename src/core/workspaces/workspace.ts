import type { WorkspaceId } from '../ids';
import type { Cap, QuietHours } from './rules';

/** A tenant and the facts its messages and clocks are made with. */
export type Workspace = Readonly<{
  id: WorkspaceId;
  name: string;
  from: string;
  replyTo?: string;
  zone: string;
  locale: string;
  currency?: string;
  country?: string;
  postalAddress?: string;
  /** The most messages to an address on a UTC day. By each channel; default 20, at most 100. */
  dailyLimitPerAddress?: number;
  /** The hosts that messages may lead to; `*.` and a domain is any below it. Absent: any. */
  linkDomains?: readonly string[];
  quietHours?: readonly QuietHours[];
  caps?: readonly Cap[];
  /** Marketing by e-mail goes to customers who have not objected; see `ConsentBasis`. */
  softOptIn?: boolean;
}>;

/** A busy shopper's orders, resets and reminders of a day take about half of it. */
export const usualDailyLimit = 20;

/** No workspace can set more. */
export const mostDailyLimit = 100;
