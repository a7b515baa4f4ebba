import { openTestApi, type TestApi } from '../test-api';

const body = {
  text: 'Ciao {{1}}, il carrello ti aspetta. Non vuoi più messaggi? {{2}}',
  parameters: {
    1: '{{ contact.traits.firstName | default: "a te" }}',
    2: '{{ links.unsubscribe }}',
  },
};
const contentOf = (more: object = {}) => ({ template: 'cart', language: 'it', body, ...more });
const templateOf = (content: object) => ({
  ...{ channel: 'whatsapp', defaultLocale: 'it' },
  locales: { it: content },
});

let api: TestApi;

beforeAll(async () => {
  api = await openTestApi();
  await api.admin.put('/v1/templates/chat').send(templateOf(contentOf())).expect(201);
});
afterAll(() => api.close());

describe('a template of WhatsApp', () => {
  it('shows what the person reads, and what WhatsApp is given', async () => {
    const answer = await api.admin.post('/v1/templates/chat/preview').send({}).expect(200);

    const link = api.deps.links.sampleUrl;
    expect(answer.body).toMatchObject({
      text: `Ciao a te, il carrello ti aspetta. Non vuoi più messaggi? ${link}`,
      ...{ template: 'cart', language: 'it', links: [link] },
      filled: [{ part: 'body', values: [{ text: 'a te' }, { text: link }] }],
    });
  });

  async function previewOf(url: string) {
    const button = { text: 'Basta', url, parameter: '{{ links.unsubscribe }}' };
    const content = contentOf({ body: { text: 'Ciao' }, buttons: [button] });
    await api.admin.put('/v1/templates/button').send(templateOf(content)).expect(201);
    return api.admin.post('/v1/templates/button/preview').send({});
  }

  it('shows a way out that begins as the links here do', async () => {
    const link = api.deps.links.sampleUrl;

    const answer = await previewOf(link.replace(/[^/]*$/, '{{1}}'));

    expect(answer.body).toMatchObject({ text: `Ciao\n\n[Basta] ${link}` });
  });

  it('shows none that begins otherwise', async () => {
    const answer = await previewOf('https://go.example/u/{{1}}');

    expect(answer.status).toBe(422);
    const { detail } = answer.body as { detail: string };
    expect(detail).toContain('does not begin with https://go.example/u/');
  });

  it.each([
    [contentOf({ body: { text: 'Ciao {{1}}' } }), 422, '/locales/it/body/text'],
    [contentOf({ body: { text: 'Ciao {{ contact.email }}' } }), 422, '/locales/it/body/text'],
    [contentOf({ language: 'it-IT' }), 400, '/locales/it/language'],
    [{ text: 'Ciao' }, 400, '/locales/it/template'],
  ])('is refused with the place of its fault: %j', async (content, status, pointer) => {
    const answer = await api.admin.put('/v1/templates/other').send(templateOf(content));

    expect(answer.status).toBe(status);
    const { errors } = answer.body as { errors: readonly { pointer: string }[] };
    expect(errors.map((each) => each.pointer)).toContain(pointer);
  });

  it('sends no marketing without a way out', async () => {
    const words = contentOf({ body: { text: 'Ciao! Rispondi STOP per non ricevere altro.' } });
    await api.admin.put('/v1/templates/no-way-out').send(templateOf(words)).expect(201);
    const journey = {
      ...{ name: 'Nurture', stage: 'awareness', entry: { events: ['Signed Up'] } },
      steps: [
        {
          ...{ id: 'tell', kind: 'send', purpose: 'marketing' },
          ...{ template: 'no-way-out', channels: ['whatsapp'] },
        },
      ],
    };

    const answer = await api.admin.put('/v1/journeys/nurture').send(journey);

    expect(answer.status).toBe(422);
    expect(answer.body).toMatchObject({ errors: [{ code: 'no-unsubscribe' }] });
  });
});
