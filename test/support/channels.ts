import {
  connectChannels,
  createProviders,
  type ConnectedChannels,
} from '../../src/channels/connect-channels';
import type { EmailProvider } from '../../src/channels/email/outgoing-email';
import { rendererHere } from './renderer';
import { parseConfig } from '../../src/process/config';

/** E-mail goes to the provider of a test, which is never held. Nothing is sent over others. */
export function channelsWith(email: EmailProvider): ConnectedChannels {
  const watch = { realNow: () => Infinity, onRoad: () => undefined };
  return connectChannels(
    { ...createProviders(parseConfig({}).providerUrls), email },
    { rendererOf: () => rendererHere, watch },
  );
}
