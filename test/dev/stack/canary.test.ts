import { filesIn } from '../../support/files-in';
import { canariesIn } from './canary/canaries';
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

async function answerTo(request: Ask): Promise<string> {
  const answer = await stack.ask(request);
  return `${answer.status} ${JSON.stringify([...answer.headers])} ${await answer.text()}`;
}

/** Reads what a key without `contacts:read` may: ledger, decisions, rejections, dead events. */
async function readLists(): Promise<readonly string[]> {
  const scopes = ['events:write', 'journeys:read'];
  const { key } = JSON.parse(await stack.send('POST', '/v1/keys', { name: 'k', scopes })) as {
    key: string;
  };
  const headers = { authorization: `Bearer ${key}` };
  const paths = ['/v1/messages', '/v1/events?status=dead', '/v1/rejections', '/v1/enrollments'];
  const texts = paths.map(async (path) => (await stack.ask({ path, headers })).text());
  return Promise.all(texts);
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
}, 180_000);

afterAll(() => stack.stop());

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

  it('names nobody to a key that may not read contacts', () => {
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
