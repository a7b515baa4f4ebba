import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startStack } from '../../../../dev/stack/start';
import { loadDevConfig, parseDevConfig } from '../../../../src/process/config';
import { startScriptedServer } from '../../../channels/email/mail-server';
import { canaries } from './canaries';
import { startQuotingStore } from './quoting-store';

const { address, name } = canaries;

export type Ask = Readonly<{
  method?: string;
  path: string;
  headers?: Readonly<Record<string, string>>;
  body?: string;
}>;

export type FailingStack = Awaited<ReturnType<typeof startFailingStack>>;

/** A mail server that names its recipients when it refuses, and breaks off at some. */
function refusing(line: string): string | undefined {
  if (line.startsWith('RCPT TO:<broken')) return undefined;
  if (line.startsWith('RCPT')) return `450 4.2.0 ${line.slice('RCPT TO:'.length)} ${name} is away`;
  if (line.startsWith('AUTH')) return '235 welcome';
  return line.startsWith('QUIT') ? '221 bye' : '250 ok';
}

/** The stack tells only people of the port that it has settled on. */
function workerMetricsIn(folder: string): string {
  const ports = readFileSync(join(folder, 'ports.json'), 'utf8');
  const { workerMetrics } = JSON.parse(ports) as Readonly<{ workerMetrics: number }>;
  return `http://127.0.0.1:${workerMetrics}/metrics`;
}

/** A stack whose mail server and store refuse what they are given, and quote it. */
export async function startFailingStack() {
  const folder = mkdtempSync(join(tmpdir(), 'itinera-failing-'));
  const lines: string[] = [];
  const mail = await startScriptedServer(refusing);
  const store = await startQuotingStore();
  const { inherited } = loadDevConfig();
  const smtp = mail.url.replace('//', `//itinera:${canaries.mailPassword}@`);
  const settings = {
    MONGODB_URI: store.uri,
    SMTP_URL: smtp,
    ITINERA_API_KEY: canaries.apiKey,
    ITINERA_SECRET: canaries.signing,
    LOG_LEVEL: 'debug',
    PORT: '0',
  };
  const stack = await startStack({
    stateDir: folder,
    config: parseDevConfig({ ...inherited, ...settings }),
    ports: 'any',
    log: (line) => lines.push(line),
  });
  const ask = ({ method = 'GET', path, headers = {}, body }: Ask): Promise<Response> =>
    fetch(`${stack.facts.api}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${canaries.apiKey}`,
        'content-type': 'application/json',
        ...headers,
      },
      ...(body !== undefined && { body }),
    });
  return {
    folder,
    lines,
    store,
    ask,
    metrics: [stack.facts.apiMetrics, workerMetricsIn(folder)],
    /** What prepares a failure must not fail itself. */
    send: async (method: 'PUT' | 'POST', path: string, content: object): Promise<string> => {
      const answer = await ask({ method, path, body: JSON.stringify(content) });
      const text = await answer.text();
      if (!answer.ok) throw new Error(`${path} is answered ${answer.status}: ${text}`);
      return text;
    },
    stop: async () => {
      await stack.stop();
      await mail.stop();
      await store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** What the mail server knows of a person beside the address that it refuses. */
export const brokenAddress = `broken-${address}`;
