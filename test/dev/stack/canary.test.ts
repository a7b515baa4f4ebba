import { filesIn } from '../../support/files-in';
import { canaries, canariesIn } from './canary/canaries';
import {
  badMessages,
  badRequests,
  badSenders,
  failAtSettling,
  failInStore,
  failInWorker,
  publish,
} from './canary/failures';
import { startFailingStack, type Ask, type FailingStack } from './canary/failing-stack';
import { faultNames } from './canary/quoting-store';

let stack: FailingStack;
const answers: string[] = [];
const taken: string[] = [];
let lists: readonly string[];
let reasons: readonly string[];

async function answerTo(request: Ask): Promise<string> {
  const answer = await stack.ask(request);
  return `${answer.status} ${JSON.stringify([...answer.headers])} ${await answer.text()}`;
}

type Page = Readonly<{ data: readonly Readonly<Record<string, unknown>>[] }>;

async function read(path: string, key?: string): Promise<string> {
  const headers = key === undefined ? {} : { authorization: `Bearer ${key}` };
  const answer = await stack.ask({ path, headers });
  if (!answer.ok) throw new Error(`${path} is answered ${answer.status}`);
  return answer.text();
}

/** Reads what a key without `contacts:read` may: enrollments and their decisions, rejections. */
async function readLists(): Promise<readonly string[]> {
  const scopes = ['journeys:read'];
  const made = await stack.send('POST', '/v1/keys', { name: 'k', scopes });
  const { key } = JSON.parse(made) as Readonly<{ key: string }>;
  const enrollments = await read('/v1/enrollments', key);
  const ids = (JSON.parse(enrollments) as Page).data.map(({ id }) => String(id));
  const paths = ids.map((id) => `/v1/enrollments/${id}/timeline`);
  const others = ['/v1/rejections', '/v1/refusals', ...paths].map((path) => read(path, key));
  return [enrollments, ...(await Promise.all(others))];
}

/** Why messages and events failed, in the words that are kept of it. */
async function readReasons(): Promise<readonly string[]> {
  const pages = await Promise.all([read('/v1/messages'), read('/v1/events?status=dead')]);
  const rows = pages.flatMap((text) => (JSON.parse(text) as Page).data);
  return rows.map(({ because, trouble, answer }) => JSON.stringify({ because, trouble, answer }));
}

beforeAll(async () => {
  stack = await startFailingStack();
  await publish(stack);
  await failInWorker(stack);
  answers.push(...(await failInStore(stack)));
  await failAtSettling(stack);
  for (const request of [...badRequests, ...badSenders]) answers.push(await answerTo(request));
  for (const request of badMessages) taken.push(await answerTo(request));
  lists = await readLists();
  reasons = await readReasons();
}, 180_000);

afterAll(() => stack.stop());

/** The ledger keeps a mail server's words but for addresses, for keys with `contacts:read`. */
const toldByServer = JSON.stringify(canaries.name).slice(1, -1);

function telling(texts: readonly string[]): readonly string[] {
  return texts.filter((text) => canariesIn(text).length > 0);
}

describe('a stack on which everything fails', () => {
  it('has met each fault of the store', () => {
    const met = new Set(stack.store.met.map(({ fault }) => fault));

    expect([...met].sort()).toEqual([...faultNames, 'late'].sort());
  });

  it.each([
    ['The request failed', 'MongoServerError 121'],
    ['The request failed', 'MongoBulkWriteError 121'],
    ['The request failed', 'MongoBulkWriteError 11000'],
    ['Refused for now', 'MongoDB does not answer'],
    ['An activity failed', 'MongoBulkWriteError 121'],
    ['Trouble with settling', 'MongoServerError 121'],
    ['Trouble with settling', 'MongoDB cannot hold this value'],
  ])('says in its log: %s, %s', (words, kind) => {
    expect(stack.lines.filter((line) => line.includes(words) && line.includes(kind))).not.toEqual(
      [],
    );
  });

  it('has refused every bad request', () => {
    expect(answers.length).toBeGreaterThan(40);
    expect(answers.filter((answer) => /^[123]/.test(answer))).toEqual([]);
  });

  it('has listed every bad message of another system', () => {
    expect(taken.filter((answer) => !answer.startsWith('200'))).toEqual([]);
    expect(lists.join().split('"source":"segment"').length - 1).toBe(badMessages.length);
  });

  it('names nobody in the logs of its processes', () => {
    expect(stack.lines.length).toBeGreaterThan(20);
    expect(telling(stack.lines)).toEqual([]);
  });

  it('repeats no secret and no token in its answers', () => {
    expect(telling([...answers, ...taken])).toEqual([]);
  });

  it('keeps no address, number or secret in why a message or an event failed', () => {
    expect(reasons.filter((text) => text.includes('is away')).length).toBeGreaterThan(0);
    expect(reasons.filter((text) => text.includes('render-failed')).length).toBe(2);
    expect(reasons.filter((text) => text.includes('cannot hold')).length).toBeGreaterThan(0);
    expect(telling(reasons.map((text) => text.replaceAll(toldByServer, '')))).toEqual([]);
  });

  it('names nobody to a key that may not read contacts', () => {
    expect(lists.length).toBeGreaterThan(6);
    expect(lists.join()).toContain('render-failed');
    expect(telling(lists)).toEqual([]);
  });

  it('names nobody in the metrics of its processes', async () => {
    const texts = stack.metrics.map(async (url) => (await fetch(url)).text());
    const [api = '', worker = ''] = await Promise.all(texts);

    expect([api.includes('itinera_'), worker.includes('itinera_')]).toEqual([true, true]);
    expect(telling([api, worker])).toEqual([]);
  });

  it('keeps nothing of a person in the files of Temporal', () => {
    const files = [...filesIn(stack.folder)].filter(([name]) => name.startsWith('temporal'));

    expect(files.map(([name]) => name)).toContain('temporal.db');
    expect(files.flatMap(([, content]) => canariesIn(content.toString('latin1')))).toEqual([]);
  });
});
