import { channels, type ChannelName } from '../core/channels';
import type { ReportReaders } from '../core/messages/report';
import { channelModules } from './channels';

type Accounts = Readonly<Record<ChannelName, string>>;
type Secrets = Readonly<Partial<Record<ChannelName, readonly string[]>>>;

/**
 * Makes the readers of the providers in use, by the schemes of their URLs. Without a secret nobody
 * can vouch for a report, except where the account itself signs.
 */
export function createReportReaders(accounts: Accounts, secrets: Secrets): ReportReaders {
  return new Map(
    channels.flatMap((channel) => {
      const url = accounts[channel];
      const read = channelModules[channel].createReportReader(url, secrets[channel] ?? []);
      return read ? [[new URL(url).protocol.slice(0, -1), { channel, read }] as const] : [];
    }),
  );
}
