import mjmlToHtml from 'mjml';
import type { Fault } from '../../../core/domain-error';
import { maxSourceLength } from '../../liquid/liquid';
import { excessesOf } from './mjml-size';

type Made = Readonly<{ html: string; faults: readonly Fault[] }>;

/** Turns MJML into HTML and leaves its Liquid alone. It includes no file and fetches no font. */
export async function htmlOfMjml(source: string, pointer: string): Promise<Made> {
  const faultOf = (code: string, detail: string): Made => ({
    html: '',
    faults: [{ pointer, code, detail }],
  });
  const excesses = excessesOf(source, pointer);
  if (excesses.length > 0) return { html: '', faults: excesses };
  if (/<mj-include/i.test(source))
    return faultOf('mjml-include', 'mj-include is not allowed: paste the part in.');
  try {
    const { html, errors } = await mjmlToHtml(source, {
      validationLevel: 'soft',
      ignoreIncludes: true,
      fonts: {},
    });
    const faults = errors.map(({ line, message }) => ({
      pointer,
      code: 'mjml',
      detail: `Line ${line}: ${message}.`,
    }));
    if (faults.length > 0) return { html: '', faults };
    if (html.length > maxSourceLength)
      return faultOf(
        'mjml-too-large',
        `The HTML of this body has ${html.length} characters: the limit is ${maxSourceLength}.`,
      );
    return countTags(html) < countTags(source)
      ? faultOf(
          'mjml-lost-liquid',
          'MJML drops text between its elements: put each Liquid tag there into <mj-raw>.',
        )
      : { html, faults: [] };
  } catch (error) {
    return faultOf(
      'mjml',
      `MJML cannot read this: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

function countTags(text: string): number {
  return text.split(/\{[{%]/).length;
}
