import { randomUUID } from 'node:crypto';
import type { Order } from '../../src/contract/activities';
import { createSendActivities } from '../../src/activities/create-activities';
import type { ConnectedChannels } from '../../src/channels/connect-channels';
import type { Slot } from '../../src/channels/channel';
import type { EmailProvider, OutgoingEmail } from '../../src/channels/email/outgoing-email';
import type { ContactChange } from '../../src/core/contacts/contact';
import { contactId, stepId, type EnrollmentId } from '../../src/core/ids';
import type { Following, SendInstruction } from '../../src/core/enrollments/instruction';
import type { Journey } from '../../src/core/journeys/journey';
import type { SendStep } from '../../src/core/journeys/steps/send';
import type { Message } from '../../src/core/messages/message';
import type { TrustedDomains } from '../../src/core/messages/sender';
import type { DeferredOutcome, HandledOutcome } from '../../src/core/enrollments/outcome';
import { createClock } from '../../src/process/clock';
import { realOf, type Instant, type VirtualClock } from '../../src/core/time/clock';
import type { Store } from '../../src/store/store';
import { channelsWith } from './channels';
import { aJourney } from './core/builders';
import { noon, testIntake, type TestIntake } from './intake';
import { plainTemplate } from './plain-template';

/** An enrollment standing on its send, and a provider that does as it is told. */
export type Sending = Readonly<{
  shop: TestIntake;
  enrollment: EnrollmentId;
  /** The messages that reached the provider, in order. */
  delivered: readonly OutgoingEmail[];
  provider: {
    take: () => Promise<void>;
    deliver: Slot<OutgoingEmail>['deliver'];
    repeatsDroppedMs: number;
  };
  /** Sets the domains that the operator vouches for; all at first. */
  trust(domains: TrustedDomains): void;
  /** Sets the engine's time. */
  goTo(at: Instant): void;
  /** The enrollment is the first one, unless another is named. */
  send(
    facts?: Readonly<{ attempt?: number; following?: Following; enrollment?: EnrollmentId }>,
  ): Promise<HandledOutcome | DeferredOutcome>;
  message(enrollment?: EnrollmentId): Promise<Message | undefined>;
  change(change: ContactChange): Promise<void>;
}>;

/** Real time lies so far ahead that the store removes nothing during a test. */
const neverExpiring: VirtualClock = {
  realOrigin: Date.UTC(2100, 0, 1),
  virtualOrigin: noon,
  scale: 1,
};

const completed: Following = { kind: 'end', as: 'completed', because: 'completed' };

export async function standOnSend(
  store: Store,
  step: Partial<SendStep> = {},
  more: Readonly<Record<string, ConnectedChannels['email']>> = {},
): Promise<Sending> {
  const shop = testIntake(store, {});
  const { workspace } = shop;
  await store.workspaces.put(workspace);
  await store.templates.put(workspace.id, await plainTemplate('reminder'), {
    contentHash: 'reminder',
    at: noon,
  });
  await shop.publish(journeyWith(step));
  const contact = { userId: `ada-${randomUUID()}`, email: 'ada@shop.test' };
  const receipt = await shop.receive({ contact, properties: { cart_id: 'a' } });
  const [entered] = receipt.enrollments;
  if (!entered) throw new Error('nobody entered');
  const delivered: OutgoingEmail[] = [];
  const provider: Sending['provider'] = {
    repeatsDroppedMs: 0,
    take: () => Promise.resolve(),
    deliver: () => Promise.resolve({ kind: 'accepted', providerId: 'p1' }),
  };
  let trustedDomains: TrustedDomains = 'all';
  let number = 1;
  let now = noon + 60_000;
  const email: EmailProvider = {
    name: 'test',
    get repeatsDroppedMs() {
      return provider.repeatsDroppedMs;
    },
    slots: 5,
    take: async () => {
      await provider.take();
      return {
        deliver: (message, key) => {
          delivered.push(message);
          return provider.deliver(message, key);
        },
        release: () => undefined,
      };
    },
    close: () => undefined,
  };
  const activities = createSendActivities({
    store,
    channels: { ...channelsWith(email), ...more },
    links: {
      unsubscribeUrl: ({ purpose, channel }) => `http://127.0.0.1/u/${purpose}-${channel}`,
      reportsUrl: (provider) => `http://127.0.0.1/hooks/providers/${provider}`,
    },
    get trustedDomains() {
      return trustedDomains;
    },
    switches: { of: (named) => store.switches.off(named) },
    clock: createClock(neverExpiring, () => realOf(neverExpiring, now)),
    attempt: () => ({ number, scheduledAt: realOf(neverExpiring, noon) }),
    pause: () => Promise.resolve(),
    failpoint: () => undefined,
    onProviderTrouble: () => undefined,
  });
  return {
    shop,
    enrollment: entered.id,
    delivered,
    provider,
    trust: (domains) => {
      trustedDomains = domains;
    },
    goTo: (at) => {
      now = at;
    },
    send: ({ attempt = 1, following = completed, enrollment = entered.id } = {}) => {
      number = attempt;
      return activities.send(orderOf(shop, enrollment, following));
    },
    message: async (enrollment = entered.id) =>
      (await store.messages.ofEnrollment(workspace.id, enrollment))[0],
    change: async (change) => {
      await store.contacts.change(workspace.id, contactId(receipt.contact), change, noon);
    },
  };
}

function journeyWith(step: Partial<SendStep>): Journey {
  return aJourney({
    exits: [{ events: ['Order Completed'], as: 'converted' }],
    steps: [{ id: 'remind', kind: 'send', template: 'reminder', purpose: 'service', ...step }],
  });
}

function orderOf(
  { workspace }: TestIntake,
  enrollment: EnrollmentId,
  following: Following,
): Order<SendInstruction> {
  const instruction = {
    kind: 'send',
    step: stepId('remind'),
    visit: 1,
    following,
    notes: [],
  } as const;
  return { workspace: workspace.id, enrollment, instruction };
}
