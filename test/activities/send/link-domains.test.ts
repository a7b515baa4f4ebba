import { compileContent } from '../../../src/channels/templates/compile-content';
import { compileTemplate } from '../../../src/channels/templates/compile-template';
import type { TemplateSource } from '../../../src/channels/templates/template';
import { templateId } from '../../../src/core/ids';
import type { JsonObject } from '../../../src/core/json/json';
import { standOnSend } from '../../support/sending';
import { openTestStore, type TestStore } from '../../support/store';

let opened: TestStore;

beforeAll(async () => {
  opened = await openTestStore();
});
afterAll(() => opened.close());

const source: TemplateSource = {
  id: templateId('reminder'),
  channel: 'email',
  defaultLocale: 'en',
  locales: {
    en: {
      subject: 'Your cart',
      html:
        '<a href="https://shop.example/{{ entry.properties.cart_id }}">cart</a>' +
        '<a href="https://{{ entry.properties.cart_id }}.evil.test">win</a>' +
        '<a href="{{ links.unsubscribe }}">out</a>',
    },
  },
};

/** The HTML that leaves from a workspace with these hosts. */
async function sentBy(linkDomains: readonly string[] | undefined): Promise<string | undefined> {
  const sending = await standOnSend(opened.store);
  const { workspace } = sending.shop;
  const compilation = await compileTemplate(source, compileContent);
  const asJson = (value: object) => JSON.parse(JSON.stringify(value)) as JsonObject;
  const compiled = asJson('template' in compilation ? compilation.template : {});
  await opened.store.templates.put(
    workspace.id,
    { id: source.id, source: asJson(source), compiled },
    { contentHash: 'links', at: 1 },
  );
  await opened.store.workspaces.put({ ...workspace, ...(linkDomains && { linkDomains }) });
  await sending.send();
  return sending.delivered[0]?.html;
}

describe('attack 13: a message of a workspace that names where its links lead', () => {
  it('leaves without the others, and with our own', async () => {
    expect(await sentBy(['shop.example'])).toBe(
      '<a href="https://shop.example/a">cart</a><a>win</a>' +
        '<a href="http://127.0.0.1/u/service-email">out</a>',
    );
  });

  it('leaves with all of them where it names none', async () => {
    expect(await sentBy(undefined)).toContain('https://a.evil.test');
  });
});
