import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startStack, type Stack } from '../../../dev/stack/start';
import { loadDevConfig, parseDevConfig } from '../../../src/process/config';
import { startScriptedServer } from '../../channels/email/mail-server';
import { filesIn } from '../../support/files-in';
import { until } from '../../support/processes/until';

const address = 'canary-address@shop.test';
const phone = '+39 555 canary-phone';
const token = 'canary-token-of-a-link';
const secret = 'canary-secret-of-a-caller';
const trait = 'canary-trait';
const canaries = [address, 'canary-phone', token, secret, trait, 'canary'];
const patienceMs = 60_000;

type Mail = Awaited<ReturnType<typeof startScriptedServer>>;
type Ask = Readonly<{
  method?: string;
  path: string;
  headers?: Readonly<Record<string, string>>;
  body?: string;
}>;

let folder: string;
let mail: Mail;
let stack: Stack;
const lines: string[] = [];
const answers: string[] = [];

/** A mail server that names its recipients when it refuses, and breaks off at some. */
function refusing(line: string): string | undefined {
  if (line.startsWith('RCPT TO:<broken')) return undefined;
  if (line.startsWith('RCPT')) return `450 4.2.0 ${line.slice('RCPT TO:'.length)} ${trait} is away`;
  return line.startsWith('QUIT') ? '221 bye' : '250 ok';
}

async function ask(request: Ask): Promise<string> {
  return (await answerTo(request)).text();
}

async function answerTo({ method = 'GET', path, headers = {}, body }: Ask): Promise<Response> {
  return fetch(`${stack.facts.api}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${stack.facts.apiKey}`,
      'content-type': 'application/json',
      ...headers,
    },
    ...(body !== undefined && { body }),
  });
}

/** What prepares a failure must not fail itself. */
async function send(method: 'PUT' | 'POST', path: string, content: object): Promise<void> {
  const answer = await answerTo({ method, path, body: JSON.stringify(content) });
  if (!answer.ok) throw new Error(`${path} is answered ${answer.status}: ${await answer.text()}`);
}

async function publish(): Promise<void> {
  const content = { subject: 'Hi', html: '<p>{{ contact.traits.name | times: 2 }}</p>' };
  await send('PUT', '/v1/templates/t', {
    channel: 'email',
    defaultLocale: 'en',
    locales: { en: content },
  });
  await send('PUT', '/v1/journeys/j', {
    name: 'J',
    stage: 'decision',
    entry: { events: ['Gift Chosen'], key: ['properties.cart_id'] },
    steps: [{ id: 's', kind: 'send', template: 't', purpose: 'transactional' }],
  });
}

async function enter(userId: string, email: string): Promise<void> {
  await send('PUT', `/v1/contacts/${userId}`, { email, phone, traits: { name: trait } });
  await send('POST', '/v1/events', {
    name: 'Gift Chosen',
    contact: { userId },
    properties: { cart_id: `${trait} ${userId}`, note: address },
  });
}

const troubled = async () => {
  const ledger = await ask({ path: '/v1/messages' });
  return ledger.split('"trouble"').length > 2;
};

/** Requests of which each fails, with secrets where they do not belong. */
const failing: readonly Ask[] = [
  { path: '/v1/events', headers: { authorization: `Bearer ${secret}` } },
  { path: '/v1/events', headers: { authorization: `Basic ${btoa(`${secret}:${secret}`)}` } },
  { path: '/v1/events', headers: { authorization: secret, cookie: `session=${secret}` } },
  { path: `/u/${token}` },
  { method: 'POST', path: `/u/${token}` },
  { method: 'PATCH', path: `/u/${token}` },
  { path: `/nowhere/${token}?secret=${secret}` },
  { path: `/v1/events?limit=${secret}` },
  { method: 'POST', path: '/v1/events', body: `{"name":"${secret}", "contact":` },
  { method: 'POST', path: '/v1/events', body: secret },
  { method: 'POST', path: '/v1/events', headers: { 'content-encoding': 'gzip' }, body: secret },
  {
    method: 'PUT',
    path: '/v1/contacts/x',
    headers: { 'content-type': `text/${secret}` },
    body: '1',
  },
  {
    method: 'PUT',
    path: '/v1/contacts/x',
    body: JSON.stringify({ email: secret, phone: [secret] }),
  },
  { method: 'PUT', path: '/v1/contacts/x', body: JSON.stringify({ timeZone: secret }) },
  {
    method: 'POST',
    path: '/v1/journeys/j/enrollments',
    headers: { 'idempotency-key': `"${secret.repeat(20)}"` },
    body: '{}',
  },
  {
    method: 'POST',
    path: '/v1/track',
    body: JSON.stringify({ userId: [secret], event: 1, properties: secret }),
  },
];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'itinera-failing-'));
  mail = await startScriptedServer(refusing);
  const { inherited } = loadDevConfig();
  stack = await startStack({
    stateDir: folder,
    config: parseDevConfig({ ...inherited, SMTP_URL: mail.url, LOG_LEVEL: 'debug', PORT: '0' }),
    ports: 'any',
    log: (line) => lines.push(line),
  });
  await publish();
  await enter('ada', address);
  await enter('bea', `broken-${address}`);
  await until(troubled, patienceMs);
  for (const request of failing) answers.push(await ask(request));
}, 180_000);

afterAll(async () => {
  await stack.stop();
  await mail.stop();
  rmSync(folder, { recursive: true, force: true });
});

function canariesIn(text: string): readonly string[] {
  return canaries.filter((canary) => text.includes(canary));
}

describe('a stack on which everything fails', () => {
  it('names nobody in the logs of its processes', () => {
    expect(lines.length).toBeGreaterThan(20);
    expect(lines.filter((line) => canariesIn(line).length > 0)).toEqual([]);
  });

  it('repeats no secret and no token in its answers', () => {
    expect(answers.filter((answer) => canariesIn(answer).length > 0)).toEqual([]);
  });

  it('names nobody in its metrics', async () => {
    const response = await fetch(stack.facts.apiMetrics);

    expect(canariesIn(await response.text())).toEqual([]);
  });

  it('keeps nothing of a person in the files of Temporal', () => {
    const files = [...filesIn(folder)].filter(([name]) => name.startsWith('temporal'));

    expect(files.map(([name]) => name)).toContain('temporal.db');
    expect(files.flatMap(([, content]) => canariesIn(content.toString('latin1')))).toEqual([]);
  });
});
