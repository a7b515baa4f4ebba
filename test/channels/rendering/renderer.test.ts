import { compileTemplate } from '../../../src/channels/templates/compile-template';
import { createRendering, type Rendering } from '../../../src/channels/rendering/create-rendering';
import { workspaceId } from '../../../src/core/ids';
import { rendererHere } from '../../support/renderer';
import { compiledOf, factsOf, templateOf } from '../templates/builders';

const mail =
  '<mjml><mj-body><mj-section><mj-column><mj-text>Hi {{ contact.traits.name }}</mj-text></mj-column></mj-section></mj-body></mjml>';
const wideTable = `<table class="items"><tr>${'<td>'.repeat(14_000)}</tr>${'<tr><td>'.repeat(14_000)}</table>`;
const costly = `{% if ${'contact.email and '.repeat(13_000)} contact.email %}{% endif %}`;

let rendering: Rendering;

const open = (limits: Parameters<typeof createRendering>[0] = {}) => {
  rendering = createRendering({ processes: 1, ...limits });
  return { ...rendering.rendererOf(workspaceId('shop')), close: rendering.close };
};

afterEach(async () => {
  await rendering.close();
});

describe('a renderer in child processes', () => {
  it('compiles, renders and previews as one in this process does', async () => {
    const { compileContent, render, preview } = open();
    const source = templateOf({ en: { subject: 'Hi', mjml: mail } });
    const facts = factsOf({ contact: { traits: { name: 'Giulia' } } });

    const compiled = await compileTemplate(source, compileContent);

    expect(compiled).toEqual(await compileTemplate(source, rendererHere.compileContent));
    const template = await compiledOf({ en: { subject: 'Hi', mjml: mail } });
    expect(await render(template, facts)).toEqual(await rendererHere.render(template, facts));
    expect(await preview(template, facts)).toEqual(await rendererHere.preview(template, facts));
  });

  it('throws what the renderer there throws', async () => {
    const { render } = open();
    const html = '{% for n in (1..900000) %}{{ n }}{% endfor %}';
    const template = await compiledOf({ en: { subject: 'Hi', html } });

    const rendered = render(template, factsOf());

    await expect(rendered).rejects.toMatchObject({
      code: 'invalid',
      message: expect.stringContaining('limit exceeded') as string,
    });
  });

  it('attack 2: tells the place of a body that takes too long to compile', async () => {
    const { compileContent } = open({ compileMs: 50 });

    const compilation = await compileTemplate(
      templateOf({ en: { subject: 'Hi', html: costly } }),
      compileContent,
    );

    expect(compilation).toMatchObject({
      kind: 'faulty',
      faults: [{ pointer: '/locales/en', code: 'template-too-costly' }],
    });
  });

  it('attack 2: refuses a message that takes too long, and renders the next', async () => {
    const { render } = open({ renderMs: 250 });
    const wide = await compiledOf({ en: { subject: 'Hi', html: wideTable } });
    const plain = await compiledOf({ en: { subject: 'Hi', html: 'Hi' } });

    await expect(render(wide, factsOf())).rejects.toMatchObject({ code: 'invalid' });

    await expect(render(plain, factsOf())).resolves.toMatchObject({ html: 'Hi' });
  });

  it('is unavailable once it is closed', async () => {
    const { render, close } = open();
    const template = await compiledOf({ en: { subject: 'Hi', html: 'Hi' } });

    await close();

    await expect(render(template, factsOf())).rejects.toMatchObject({ code: 'unavailable' });
  });
});
