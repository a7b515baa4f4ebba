import { setTimeout as pause } from 'node:timers/promises';
import { until, type StackJson } from './stack';

type Call = Readonly<{ method: string; path: string; body?: object }>;

/**
 * A client that never gives up. It sends a failed request again under the same id until it is
 * acknowledged.
 */
export function createClient(stack: () => StackJson) {
  let retries = 0;
  async function call<Answer>({ method, path, body }: Call): Promise<Answer> {
    for (;;) {
      const { api, apiKey } = stack();
      const response = await fetch(`${api}${path}`, {
        method,
        headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
        ...(body && { body: JSON.stringify(body) }),
        signal: AbortSignal.timeout(10_000),
      }).catch(() => undefined);
      if (response?.ok) return (await response.json()) as Answer;
      if (response && response.status < 500) {
        throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
      }
      retries += 1;
      await pause(200);
    }
  }
  return { call, retries: () => retries };
}

export type Client = ReturnType<typeof createClient>;

/** Everything of a list, page by page; `path` has a query already. */
export async function everyOne<Item>({ call }: Client, path: string): Promise<readonly Item[]> {
  const items: Item[] = [];
  for (let cursor: string | undefined = ''; cursor !== undefined;) {
    const next: string = cursor && `&cursor=${cursor}`;
    const page: { data: readonly Item[]; nextCursor?: string } = await call({
      method: 'GET',
      path: `${path}&limit=200${next}`,
    });
    items.push(...page.data);
    cursor = page.nextCursor;
  }
  return items;
}

/** A new stack publishes the built-in journeys first. */
export async function untilFurnished({ call }: Client): Promise<void> {
  await until('the built-in journeys are published', async () => {
    const { data } = await call<{ data: readonly unknown[] }>({
      method: 'GET',
      path: '/v1/journeys',
    });
    return data.length >= 3 ? true : undefined;
  });
}

export const journeyId = 'survival';

/** A reminder after an hour and another half an hour later; an order of the same cart ends it. */
const journey = {
  id: journeyId,
  name: 'Survival',
  stage: 'decision',
  entry: { events: ['Cart Updated'], key: ['properties.cart_id'], repeat: 'refresh' },
  exits: [
    {
      events: ['Order Completed'],
      when: {
        fact: 'event.properties.cart_id',
        is: 'equals',
        to: { fact: 'entry.properties.cart_id' },
      },
      as: 'converted',
    },
  ],
  steps: [
    { id: 'pause', kind: 'wait', for: 'PT60M', restartOn: 'refresh' },
    { id: 'first', kind: 'send', template: 'survival-first', purpose: 'service' },
    { id: 'rest', kind: 'wait', for: 'PT30M' },
    { id: 'second', kind: 'send', template: 'survival-second', purpose: 'service' },
  ],
};

const template = (id: string) => ({
  id,
  channel: 'email',
  defaultLocale: 'en',
  locales: {
    en: { subject: `${id} {{ entry.properties.cart_id }}`, html: '<p>Your cart is waiting.</p>' },
  },
});

export async function publish({ call }: Client): Promise<void> {
  for (const id of ['survival-first', 'survival-second']) {
    await call({ method: 'PUT', path: `/v1/templates/${id}`, body: template(id) });
  }
  await call({ method: 'PUT', path: `/v1/journeys/${journeyId}`, body: journey });
}

type Event = Readonly<{ id: string; name: string; cart: string }>;

export async function send({ call }: Client, { id, name, cart }: Event): Promise<void> {
  const contact = { userId: `shopper-${cart}`, email: `${cart}@shop.test` };
  const body = { id, name, contact, properties: { cart_id: cart } };
  await call({ method: 'POST', path: '/v1/events', body });
}

export type Row = Readonly<{
  id: string;
  key: string;
  status: string;
  ended?: Readonly<{ as: string }>;
}>;

export async function rows({ call }: Client): Promise<readonly Row[]> {
  const path = `/v1/enrollments?journey=${journeyId}&limit=200`;
  return (await call<{ data: readonly Row[] }>({ method: 'GET', path })).data;
}

export async function subjects({ mailbox }: StackJson): Promise<readonly string[]> {
  const response = await fetch(`${mailbox}/email`);
  return ((await response.json()) as { subject: string }[]).map(({ subject }) => subject).sort();
}
