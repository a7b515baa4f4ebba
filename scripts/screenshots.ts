import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright-core';
import { projectFolder } from '../dev/project-folder';
import { createClient, untilFurnished, type Client } from './survive/shop';
import { ended, readStack, startStack, until, untilUp, type StackJson } from './survive/stack';

// Looks through the Temporal UI over a waiting journey, as operations would, and takes pictures.
const folder = 'docs/images';
const journey = 'welcome-nurture';
const browser = {
  executablePath: '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-sync'],
};

type UiStack = StackJson & Readonly<{ temporalUi: string }>;
type Enrollment = Readonly<{ id: string; contactId: string; awaiting?: unknown }>;

async function main(): Promise<void> {
  const stateDir = mkdtempSync(join(tmpdir(), 'itinera-screenshots-'));
  const stack = startStack(stateDir, 1);
  try {
    await untilUp(stateDir, stack.pid ?? 0);
    const { temporalUi } = readStack(stateDir) as UiStack;
    const enrollment = await enter(createClient(() => readStack(stateDir)));
    await picture(`${temporalUi}/namespaces/default/workflows`, enrollment);
  } finally {
    await ended(stack);
    rmSync(stateDir, { recursive: true, force: true });
  }
}

/** Ada signs up and waits for her second mail. */
async function enter(client: Client): Promise<Enrollment> {
  await untilFurnished(client);
  const { call } = client;
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

async function picture(workflows: string, { id, contactId }: Enrollment): Promise<void> {
  mkdirSync(join(projectFolder, folder), { recursive: true });
  const chrome = await chromium.launch(browser);
  try {
    const page = await chrome.newPage({ viewport: { width: 1400, height: 900 } });
    for (const query of [`ContactId="${contactId}"`, `JourneyId="${journey}"`]) {
      await page.goto(`${workflows}?query=${encodeURIComponent(query)}`);
      await untilShown(page, [id]);
    }
    await take(page, 'temporal-ui-list.png');
    await page.goto(`${workflows}/${id}`);
    await untilShown(page, [id, 'to-day-2 until']);
    await take(page, 'temporal-ui-journey.png');
    await page.getByText('User Metadata').click();
    const metadata = page.locator('iframe');
    await untilShown(metadata.first().contentFrame(), ['Welcome nurture v1']);
    await untilShown(metadata.last().contentFrame(), ['way so far']);
    await take(page, 'temporal-ui-details.png');
  } finally {
    await chrome.close();
  }
}

/** Visibility comes a moment after the start; the list asks again by itself. */
async function untilShown(page: Pick<Page, 'getByText'>, texts: readonly string[]): Promise<void> {
  for (const text of texts) await page.getByText(text).first().waitFor({ timeout: 30_000 });
}

async function take(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: join(projectFolder, folder, name) });
  process.stdout.write(`${folder}/${name}\n`);
}

void main();
