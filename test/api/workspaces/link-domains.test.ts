import { openTestApi, type TestApi } from '../test-api';

let api: TestApi;

beforeAll(async () => {
  api = await openTestApi();
});
afterAll(() => api.close());

const facts = { name: 'Shop', from: 'shop@example.com', zone: 'Europe/Rome', locale: 'it' };
const put = (linkDomains: unknown) =>
  api.admin.put('/v1/workspace').send({ ...facts, linkDomains });

describe('attack 13: the hosts that messages may lead to', () => {
  it('hold for previews at once', async () => {
    const html = '<a href="https://shop.example/a">a</a><a href="https://evil.test">b</a>';
    const template = {
      channel: 'email',
      defaultLocale: 'en',
      locales: { en: { subject: 'Hello', html } },
    };
    await api.admin.put('/v1/templates/hello').send(template).expect(201);

    const answer = await put(['shop.example', '*.shop.example']);
    const preview = await api.admin.post('/v1/templates/hello/preview').send({});

    expect(answer.body).toMatchObject({ linkDomains: ['shop.example', '*.shop.example'] });
    expect(preview.body).toMatchObject({
      html: '<a href="https://shop.example/a">a</a><a>b</a>',
      links: ['https://shop.example/a'],
    });
  });

  it.each([
    ['https://shop.example'],
    ['shop.example/a'],
    ['Shop.example'],
    ['*'],
    ['*.*.example'],
    ['shop.*'],
    ['shop.example:80'],
    ['user@shop.example'],
    ['bücher.example'],
    [''],
  ])('cannot be %j', async (domain) => {
    const answer = await put(['shop.example', domain]);

    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({ errors: [{ pointer: '/linkDomains/1' }] });
  });

  it('are a hundred at most', async () => {
    const answer = await put(Array.from({ length: 101 }, (_, n) => `s${n}.example`));

    expect(answer.status).toBe(400);
  });
});
