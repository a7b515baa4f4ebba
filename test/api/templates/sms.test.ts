import { openTestApi, type TestApi } from '../test-api';

let api: TestApi;

beforeAll(async () => {
  api = await openTestApi();
  const locales = { en: { text: 'Hello {{ contact.traits.firstName }}: {{ links.unsubscribe }}' } };
  const short = { channel: 'sms', defaultLocale: 'en', locales };
  await api.admin.put('/v1/templates/short').send(short).expect(201);
  const mail = { subject: 'Hello', html: '<a href="{{ links.unsubscribe }}">no more</a>' };
  const long = { channel: 'email', defaultLocale: 'en', locales: { en: mail } };
  await api.admin.put('/v1/templates/long').send(long).expect(201);
});
afterAll(() => api.close());

const publish = (step: object) =>
  api.admin.put('/v1/journeys/nurture').send({
    name: 'Nurture',
    stage: 'awareness',
    entry: { events: ['Signed Up'] },
    steps: [{ id: 'tell', kind: 'send', purpose: 'marketing', ...step }],
  });

describe('a template of text messages', () => {
  it('shows its text, and in how many parts it travels', async () => {
    const answer = await api.admin.post('/v1/templates/short/preview').send({}).expect(200);

    expect(answer.body).toMatchObject({
      text: `Hello : ${api.deps.links.sampleUrl}`,
      links: [api.deps.links.sampleUrl],
      parts: 1,
    });
  });

  it('shows why a carrier would not take it', async () => {
    const locales = { en: { text: '{{ entry.properties.words }}' } };
    const wordy = { channel: 'sms', defaultLocale: 'en', locales };
    await api.admin.put('/v1/templates/wordy').send(wordy).expect(201);
    const facts = { entry: { properties: { words: 'secret '.repeat(300) } } };

    const answer = await api.admin.post('/v1/templates/wordy/preview').send({ facts });

    expect(answer.status).toBe(422);
    expect(answer.body).toMatchObject({
      detail: expect.stringContaining('2099 characters') as string,
    });
    expect(JSON.stringify(answer.body)).not.toContain('secret');
  });

  it('is sent by the channel for which a step names it', async () => {
    const templates = { sms: 'short' };

    await publish({ template: 'long', templates, channels: ['sms', 'email'] }).expect(201);
  });

  it.each([
    [{ template: 'short' }, '/steps/0/template'],
    [{ template: 'long', channels: ['sms'] }, '/steps/0/template'],
    [{ template: 'long', templates: { sms: 'long' }, channels: ['sms'] }, '/steps/0/templates/sms'],
  ])('cannot be sent by another, as by %j', async (step, pointer) => {
    const answer = await publish(step);

    expect(answer.status).toBe(422);
    expect(answer.body).toMatchObject({ errors: [{ pointer, code: 'other-channel' }] });
  });

  it('is named even where no e-mail is sent', async () => {
    const answer = await publish({ template: 'short', channels: ['sms'] });

    expect(answer.status).toBe(201);
  });
});
