import { render } from '../../../src/channels/templates/render';
import { canaries, canariesIn } from '../../dev/stack/canary/canaries';
import { compiledOf, factsOf } from './builders';

describe('a fact that a template fails on', () => {
  it.each([
    ['a zone', '{{ entry.occurredAt | date: "%c", contact.traits.name }}'],
    ['an escape', '{{ contact.traits.name | append: "%E0%A4%A" | url_decode }}'],
    ['base64', '{{ contact.traits.name | base64_decode }}'],
  ])('is not quoted, only its place: %s', async (_what, html) => {
    const template = await compiledOf({ en: { subject: 'Hi', html, text: 'Hi' } });
    const { contact, ...facts } = factsOf();
    const traits = { name: canaries.name };

    expect(said(() => render(template, { ...facts, contact: { ...contact, traits } }))).toEqual([
      expect.stringMatching(/a filter or tag cannot use one of them, line:1, col:\d+\.$/),
      [],
    ]);
  });
});

/** The words of what is thrown, and the canaries in them. */
function said(work: () => unknown): readonly unknown[] {
  try {
    return ['nothing is thrown', work()];
  } catch (error) {
    const words = error instanceof Error ? error.message : '';
    return [words, canariesIn(`${words} ${JSON.stringify(error)}`)];
  }
}
