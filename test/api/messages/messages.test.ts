import { contactId, enrollmentId, messageId, workspaceId } from '../../../src/core/ids';
import type { Message } from '../../../src/core/messages/message';
import { resolveMessage } from '../../../src/operations/messages/resolve-message';
import { aClaim } from '../../store/builders';
import { now, openTestApi, type TestApi } from '../test-api';

const workspace = workspaceId('default');
const reason = 'The provider finds it in its log';
let api: TestApi;
let enrollment = enrollmentId('');
let contact = contactId('');
let visit = 0;

beforeAll(async () => {
  api = await openTestApi();
  await api.admin.put('/v1/journeys/nurture').send({
    name: 'Nurture',
    stage: 'decision',
    entry: { key: ['properties.key'] },
    steps: [{ id: 'pause', kind: 'wait', for: 'PT1H' }],
  });
  const request = { contact: { userId: 'ada' }, key: 'k' };
  const answer = await api.admin.post('/v1/journeys/nurture/enrollments').send(request);
  const { id, contactId: whose } = answer.body as { id: string; contactId: string };
  [enrollment, contact] = [enrollmentId(id), contactId(whose)];
});

afterAll(() => api.close());

const ends = {
  unknown: { status: 'unknown', because: 'unanswered' },
  sent: { status: 'sent', providerId: 'p1' },
  failed: { status: 'failed', because: 'render-failed' },
} as const;

async function aMessage(status: keyof typeof ends): Promise<Message> {
  visit += 1;
  const id = messageId(`${enrollment}.remind.${visit}`);
  const claim = { ...aClaim(visit), id, workspace, enrollment, contact };
  await api.store.messages.claim(claim);
  return api.store.messages.settle(workspace, id, { ...ends[status], at: now });
}

const resolve = ({ id }: Pick<Message, 'id'>, body: object) =>
  api.admin.post(`/v1/messages/${id}/resolve`).send(body);

const decisionsOn = async ({ id }: Message) => {
  const decisions = await api.store.decisions.ofEnrollment(workspace, enrollment);
  return decisions.filter((line) => 'message' in line && line.message === id);
};

describe('an unknown message', () => {
  it.each(['sent', 'failed'] as const)('is resolved as %s by an operator', async (status) => {
    const message = await aMessage('unknown');

    const answer = await resolve(message, { status, reason });

    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({ id: message.id, status, because: 'operator' });
    expect(await decisionsOn(message)).toMatchObject([
      {
        kind: status,
        because: 'operator',
        journey: 'nurture',
        step: 'remind',
        facts: { by: 'bootstrap', reason },
      },
    ]);
  });

  it('is resolved once, and the other answer is told what stands', async () => {
    const message = await aMessage('unknown');
    await resolve(message, { status: 'sent', reason });

    const answer = await resolve(message, { status: 'failed', reason });

    expect(answer.status).toBe(409);
    expect(answer.body).toMatchObject({
      detail: `Message "${message.id}" is sent; only an unknown one can be resolved.`,
    });
    expect(await decisionsOn(message)).toHaveLength(1);
  });

  it('becomes in the ledger what is on record, when ten operators differ at once', async () => {
    const message = await aMessage('unknown');
    const statuses = Array.from({ length: 10 }, (_, n) => (n % 2 === 0 ? 'sent' : 'failed'));

    const answers = await Promise.all(
      statuses.map((status) => resolve(message, { status, reason })),
    );

    const [decision] = await decisionsOn(message);
    const settled = await api.store.messages.find(workspace, message.id);
    const accepted = answers.filter(({ status }) => status === 200);
    expect(settled).toHaveProperty('status', decision?.kind);
    expect(accepted.map(({ body }) => (body as Message).status)).toContain(settled?.status);
    expect(new Set(accepted.map(({ body }) => (body as Message).status)).size).toBe(1);
  });

  it('is completed as it was recorded when a crash came in between', async () => {
    const message = await aMessage('unknown');
    const crash = () => Promise.reject(new Error('crash'));
    const messages = { ...api.store.messages, resolve: crash };
    const store = { ...api.store, messages };
    const resolution = { message: message.id, by: 'desk', reason } as const;
    const dying = resolveMessage({ store, now }, workspace, { ...resolution, status: 'sent' });
    await expect(dying).rejects.toThrow('crash');

    const answer = await resolve(message, { status: 'failed', reason });

    expect(answer.status).toBe(409);
    expect(await api.store.messages.find(workspace, message.id)).toMatchObject({ status: 'sent' });
    expect(await decisionsOn(message)).toMatchObject([{ kind: 'sent', facts: { by: 'desk' } }]);
  });
});

describe('the resolution of a message', () => {
  it.each(['sent', 'failed'] as const)('is refused where it is %s', async (status) => {
    const message = await aMessage(status);

    const answer = await resolve(message, { status: 'sent', reason });

    expect(answer.status).toBe(409);
    expect(await decisionsOn(message)).toEqual([]);
  });

  it('knows no message that there is not', async () => {
    const answer = await resolve({ id: messageId('nothing') }, { status: 'sent', reason });

    expect(answer.status).toBe(404);
  });

  it.each([
    [{ status: 'sent' }, '/reason'],
    [{ status: 'unknown', reason }, '/status'],
    [{ status: 'sent', reason, by: 'me' }, '/by'],
  ])('refuses the body %j', async (body, pointer) => {
    const answer = await resolve({ id: messageId('nothing') }, body);

    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({ errors: [{ pointer }] });
  });
});
