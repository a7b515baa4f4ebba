import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient, type Client } from './survive/shop';
import { readStack, startStack, until, untilUp, type StackJson } from './survive/stack';

// What operations people see: the Temporal UI over a waiting journey, taken by Chromium and looked through for what it must show.
const folder = join(__dirname, '..', 'docs', 'images');
const journey = 'welcome-nurture';

type UiStack = StackJson & Readonly<{ temporalUi: string }>;
type Enrollment = Readonly<{ id: string; contactId: string; awaiting?: unknown }>;

async function main(): Promise<void> {
  const stateDir = mkdtempSync(join(tmpdir(), 'itinera-screenshots-'));
  const child = startStack(stateDir, 1);
  try {
    await untilUp(stateDir, child.pid ?? 0);
    const { temporalUi } = readStack(stateDir) as UiStack;
    const { id, contactId } = await enter(createClient(() => readStack(stateDir)));
    const workflows = `${temporalUi}/namespaces/default/workflows`;
    mkdirSync(folder, { recursive: true });
    for (const query of [`JourneyId="${journey}"`, `ContactId="${contactId}"`]) {
      await untilShown(`${workflows}?query=${encodeURIComponent(query)}`, [id]);
    }
    const list = `${workflows}?query=${encodeURIComponent(`JourneyId="${journey}"`)}`;
    take(list, 'temporal-ui-list.png');
    await untilShown(`${workflows}/${id}`, [id, 'Welcome nurture v1', 'to-day-2', 'way so far']);
    take(`${workflows}/${id}`, 'temporal-ui-journey.png');
  } finally {
    child.kill('SIGTERM');
    await new Promise((resolve) => child.once('exit', resolve));
    rmSync(stateDir, { recursive: true, force: true });
  }
}

/** Ada signs up and waits for her second mail. */
async function enter({ call }: Client): Promise<Enrollment> {
  await until('the journey is published', async () => {
    const { data } = await call<{ data: readonly { id: string }[] }>({
      method: 'GET',
      path: '/v1/journeys',
    });
    return data.some(({ id }) => id === journey) || undefined;
  });
  const consents = { marketing: { email: true } };
  const email = 'ada@example.com';
  await call({ method: 'PUT', path: '/v1/contacts/ada', body: { email, consents } });
  const body = { id: 'ada-signed-up', name: 'Signed Up', contact: { userId: 'ada' } };
  await call({ method: 'POST', path: '/v1/events', body });
  return until('Ada waits', async () => {
    const path = `/v1/enrollments?journey=${journey}`;
    const { data } = await call<{ data: readonly Enrollment[] }>({ method: 'GET', path });
    const [row] = data;
    const found =
      row && (await call<Enrollment>({ method: 'GET', path: `/v1/enrollments/${row.id}` }));
    return found?.awaiting === undefined ? undefined : found;
  });
}

const flags = [
  '--headless=new',
  '--no-sandbox',
  '--hide-scrollbars',
  '--virtual-time-budget=15000',
  '--window-size=1500,1100',
];

/** Visibility comes a moment after the start. */
async function untilShown(url: string, texts: readonly string[]): Promise<void> {
  await until(`${url} shows ${texts.join(', ')}`, () => {
    const page = chromium('--dump-dom', url);
    return Promise.resolve(texts.every((text) => page.includes(text)) || undefined);
  });
}

function take(url: string, name: string): void {
  chromium(`--screenshot=${join(folder, name)}`, url);
  process.stdout.write(`${join('docs', 'images', name)}\n`);
}

function chromium(...args: readonly string[]): string {
  return execFileSync('chromium', [...flags, ...args], {
    stdio: 'pipe',
    maxBuffer: 64 * 1024 ** 2,
  }).toString();
}

void main();
