import {
  connectChannels,
  createProviders,
  type ConnectedChannels,
} from '../../src/channels/connect-channels';
import type { EmailProvider } from '../../src/channels/email/outgoing-email';
import { parseConfig } from '../../src/process/config';

/** E-mail goes to the provider of a test; nothing is sent over other channels. */
export function channelsWith(email: EmailProvider): ConnectedChannels {
  return connectChannels({ ...createProviders(parseConfig({}).providerUrls), email });
}
