import { randomUUID } from 'node:crypto';
import { createSendActivities } from '../../src/activities/create-activities';
import { connectChannels, createProviders } from '../../src/channels/connect-channels';
import type { EmailProvider } from '../../src/channels/email/outgoing-email';
import { compileContent } from '../../src/channels/templates/compile-content';
import { compileTemplate } from '../../src/channels/templates/compile-template';
import { render } from '../../src/channels/templates/render';
import { preview } from '../../src/channels/templates/preview';
import type { Renderer } from '../../src/channels/templates/renderer';
import { createContext, type Context } from '../../src/context';
import { compile } from '../../src/core/journeys/compile';
import type { Journey } from '../../src/core/journeys/journey';
import { stepId, templateId, workspaceId, type EnrollmentId } from '../../src/core/ids';
import type { JsonObject } from '../../src/core/json/json';
import type { Workspace } from '../../src/core/workspaces/workspace';
import type { IncomingEvent, Receipt } from '../../src/intake/intake';
import { parseConfig } from '../../src/process/config';
import { deriveKey } from '../../src/process/secrets/derive';
import { createKeyRing } from '../../src/process/secrets/key-ring';
import { createSealing } from '../../src/process/secrets/sealing';
import { createStore, type Store } from '../../src/store/store';
import type { EnrollmentWorkflows } from '../../src/temporal/enrollment-workflows';
import type { Server } from './server';

export const workspace: Workspace = {
  id: workspaceId('growth'),
  name: 'Shop',
  from: 'shop@shop.example',
  zone: 'Europe/Rome',
  locale: 'en',
};

const remind = stepId('remind');

const sameCart = {
  fact: 'event.properties.cart_id',
  is: 'equals',
  to: { fact: 'entry.properties.cart_id' },
} as const;

export const journey: Journey = {
  id: 'cart-recovery',
  name: 'Cart recovery',
  stage: 'decision',
  entry: { events: ['Cart Updated'], key: ['properties.cart_id'], repeat: 'refresh' },
  exits: [{ events: ['Order Completed'], when: sameCart, as: 'converted' }],
  steps: [
    { id: 'look', kind: 'waitFor', events: [{ names: ['Product Viewed'] }], timeout: 'PT1H' },
    { id: remind, kind: 'send', template: 'reminder', purpose: 'service' },
  ],
};

/** One process over a database of its own. Temporal takes everything and does nothing. */
export type Shop = Readonly<{
  store: Store;
  /** Accepts an event, and returns once it is settled too. */
  tell: (event: Omit<IncomingEvent, 'properties'> & Partial<IncomingEvent>) => Promise<Receipt>;
  /** Sends a further message of an enrollment, as its workflow would. */
  send: (enrollment: EnrollmentId, visit: number) => Promise<void>;
  /** The messages of an enrollment that passed the gate. */
  sent: (enrollment: EnrollmentId) => Promise<number>;
  close: () => Promise<void>;
}>;

export async function openShop({ uri, newDatabase }: Server): Promise<Shop> {
  const sealing = createSealing(createKeyRing([deriveKey(randomUUID(), 'sealing')]));
  const store = createStore({ uri, database: newDatabase(), sealing });
  await store.connect();
  await store.ensureIndexes();
  const config = parseConfig({ LOG_LEVEL: 'silent', ITINERA_SECRET: randomUUID() });
  const channels = connectChannels(
    { ...createProviders(config.providerUrls), email: takesAll },
    { rendererOf: () => rendererHere, watch: { realNow: Date.now, onRoad: () => undefined } },
  );
  const overrides = { store, channels, rendererOf: () => rendererHere, workflows: silentTemporal };
  const context = createContext(config, overrides);
  await furnish(context);
  const activities = createSendActivities({
    ...context,
    attempt: () => ({ number: 1, scheduledAt: Date.now() }),
  });
  return {
    store,
    tell: async (event) => {
      const receipt = await context.intake.accept(workspace, { properties: {}, ...event });
      await context.intake.drain();
      if (receipt.kind === 'conflict') throw new Error(`Event ${receipt.id} is in conflict`);
      return receipt;
    },
    send: async (enrollment, visit) => {
      const following = { kind: 'step', step: remind } as const;
      const instruction = { kind: 'send', step: remind, visit, following, notes: [] } as const;
      await activities.send({ workspace: workspace.id, enrollment, instruction });
    },
    sent: async (enrollment) => {
      const messages = await store.messages.ofEnrollment(workspace.id, enrollment);
      return messages.filter(({ status }) => status === 'sent').length;
    },
    close: () => context.close(),
  };
}

async function furnish({ store, intake }: Context): Promise<void> {
  const at = Date.now();
  await store.workspaces.put(workspace);
  const id = templateId('reminder');
  const locales = { en: { subject: 'Your cart', html: '<p>{{ links.unsubscribe }}</p>' } };
  const source = { id, channel: 'email', defaultLocale: 'en', locales } as const;
  const compilation = await compileTemplate(source, compileContent);
  if (compilation.kind === 'faulty') throw new Error(JSON.stringify(compilation.faults));
  const template = { id, source: asJson(source), compiled: asJson(compilation.template) };
  await store.templates.put(workspace.id, template, { contentHash: 'reminder', at });
  const publication = { source: journey, compile: (n: number) => compile(journey, n), at };
  await store.journeys.publish(workspace.id, { ...publication, contentHash: 'cart-recovery' });
  intake.journeysChanged(workspace.id);
}

function asJson(value: object): JsonObject {
  return JSON.parse(JSON.stringify(value)) as JsonObject;
}

/** The child processes of the product would hide in their own time what the store takes. */
const rendererHere: Renderer = {
  compileContent,
  render: async (template, facts, locale) => Promise.resolve(render(template, facts, locale)),
  preview: async (template, facts, locale) => Promise.resolve(preview(template, facts, locale)),
};

const takesAll: EmailProvider = {
  name: 'growth',
  repeatsDroppedMs: 0,
  slots: 5,
  take: () =>
    Promise.resolve({
      deliver: () => Promise.resolve({ kind: 'accepted', providerId: 'p' }),
      release: () => undefined,
    }),
  close: () => undefined,
};

const silentTemporal: EnrollmentWorkflows = {
  start: () => Promise.resolve(),
  tell: () => Promise.resolve('told'),
  remove: () => Promise.resolve('removed'),
  endWedged: () => Promise.resolve('quiet'),
  progressOf: () => Promise.resolve(undefined),
  stateOf: () => Promise.resolve({ kind: 'running' }),
  isReachable: () => Promise.resolve(true),
};
