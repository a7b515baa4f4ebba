import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { htmlOfMjml } from '../../../src/channels/email/html/mjml';

const secret = 'root-of-this-machine';
let folder: string;
let file: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'itinera-mjml-'));
  file = join(folder, 'secret.mjml');
  writeFileSync(file, `<mj-text>${secret}</mj-text>`);
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

const mail = (inside: string) =>
  `<mjml><mj-body><mj-section><mj-column>${inside}</mj-column></mj-section></mj-body></mjml>`;

describe('MJML that names a file of the machine', () => {
  it.each([
    [
      'an external entity',
      () => `<!DOCTYPE a [<!ENTITY b SYSTEM "file://${file}">]>${mail('<mj-text>&b;</mj-text>')}`,
    ],
    [
      'a parameter entity',
      () =>
        `<!DOCTYPE a [<!ENTITY % b SYSTEM "file://${file}"> %b;]>${mail('<mj-text>x</mj-text>')}`,
    ],
    ['an include', () => mail(`<mj-include path="${file}" />`)],
    ['an include of CSS', () => mail(`<mj-include path="${file}" type="css" />`)],
    ['an include by XML', () => mail(`<xi:include href="file://${file}" parse="text" />`)],
  ])('shows nothing of it: %s', async (_what, mjml) => {
    const compiled = await htmlOfMjml(mjml(), '/locales/en/mjml');

    expect(JSON.stringify(compiled)).not.toContain(secret);
  });
});
