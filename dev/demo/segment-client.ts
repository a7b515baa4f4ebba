import { Analytics } from '@segment/analytics-node';
import { realOf, type VirtualClock } from '../../src/core/time/clock';
import { assertNever } from '../../src/core/assert-never';
import type { ApiAddress } from '../api-client';
import type { Call } from './script';
import type { Shopper } from './shoppers';

/** The server of the shop, which reports what its shoppers do by the client it has for Segment. */
export type ShopServer = Readonly<{
  /**
   * Resolves when the api has acknowledged the call, rejects when it did not take it. One call at a
   * time.
   */
  report: (shopper: Shopper, call: Call) => Promise<void>;
  close: () => Promise<void>;
}>;

/**
 * Segment's own client, pointed at the api. Its timestamps are real: the api maps them to virtual
 * time.
 */
export function createShopServer({ api, apiKey }: ApiAddress, clock: VirtualClock): ShopServer {
  const client = new Analytics({ host: api, writeKey: apiKey, flushAt: 1, maxRetries: 3 });
  const failures: string[] = [];
  client.on('error', ({ reason }) => failures.push(String(reason)));
  return {
    report: async (shopper, call) => {
      const timestamp = new Date(realOf(clock, call.stamped));
      send(client, { userId: shopper, timestamp }, call);
      await client.flush();
      const failure = failures.shift();
      if (failure === undefined) return;
      throw new Error(`The api did not take a "${call.kind}" of the Segment client: ${failure}`);
    },
    close: () => client.closeAndFlush(),
  };
}

function send(
  client: Analytics,
  said: Readonly<{ userId: string; timestamp: Date }>,
  call: Call,
): void {
  switch (call.kind) {
    case 'identify':
      client.identify({ ...said, traits: call.traits });
      break;
    case 'track': {
      const { event, properties, messageId } = call;
      client.track({ ...said, event, properties, messageId });
      break;
    }
    default:
      assertNever(call);
  }
}
