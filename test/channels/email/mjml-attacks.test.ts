import { htmlOfMjml } from '../../../src/channels/email/html/mjml';
import { compileTemplate } from '../../../src/channels/templates/compile-template';
import { rendererHere } from '../../support/renderer';
import { templateOf } from '../templates/builders';

const mail = (inside: string) =>
  `<mjml><mj-body><mj-section><mj-column>${inside}</mj-column></mj-section></mj-body></mjml>`;
const attributes = (count: number) =>
  Array.from({ length: count }, (_, index) => `a${index}=">"`).join(' ');

describe('attack 6: MJML beyond its limits', () => {
  it.each([
    ['lines and tags', mail('<mj-text/>\n'.repeat(11_000)), /11004 tags.*3000/],
    ['lines', mail('\n'.repeat(100_000)), /100001 lines.*4000/],
    [
      'characters',
      mail(`<mj-text>${'x'.repeat(200_000)}</mj-text>`),
      /200\d\d\d characters.*131072/,
    ],
    ['attributes', mail(`<mj-text ${attributes(5_000)}>x</mj-text>`), /5000 attributes in one tag/],
    ['HTML', mail('<mj-text>x</mj-text>'.repeat(2_900)), /HTML of this body has \d+ .*262144/],
  ])('is refused by a fault that names them: %s', async (_what, mjml, told) => {
    const { faults } = await htmlOfMjml(mjml, '/locales/en/mjml');

    expect(faults).toContainEqual({
      pointer: '/locales/en/mjml',
      code: 'mjml-too-large',
      detail: expect.stringMatching(told) as string,
    });
  });

  it('is taken within them', async () => {
    const { faults } = await htmlOfMjml(mail('<mj-text>x</mj-text>\n'.repeat(500)), '');

    expect(faults).toEqual([]);
  });

  it('is not compiled at all in too many languages', async () => {
    const languages = Array.from(
      { length: 26 },
      (_, index) => `a${String.fromCharCode(97 + index)}`,
    );
    const compileContent = jest.fn(rendererHere.compileContent);
    const content = { subject: 'Hi', mjml: mail('<mj-text>x</mj-text>') };
    const source = templateOf(Object.fromEntries(languages.map((tag) => [tag, content])), 'aa');

    const compilation = await compileTemplate(source, compileContent);

    expect(compilation).toMatchObject({
      kind: 'faulty',
      faults: [{ pointer: '/locales', code: 'too-many-locales' }],
    });
    expect(compileContent).not.toHaveBeenCalled();
  });
});
