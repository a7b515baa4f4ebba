import type { Fault } from '../../core/domain-error';
import type { CompiledContent } from '../channel';
import { alwaysPrintsUnsubscribe } from '../liquid/always-prints';
import { createLiquid } from '../liquid/liquid';
import { readLiquid } from '../liquid/read-liquid';
import type { CompiledEmail, EmailSource } from './email-content';
import { isTooDeep, maxDepth } from './html/depth';
import { htmlOfMjml } from './html/mjml';

/** Compiles the MJML of one language to HTML and checks the Liquid of each part. */
export async function compileEmail(
  content: EmailSource,
  pointer: string,
): Promise<CompiledContent<CompiledEmail>> {
  const liquid = createLiquid({ locale: 'en' }, 'html');
  const { subject, text } = content;
  const layout = 'mjml' in content ? 'mjml' : 'html';
  const source = 'mjml' in content ? content.mjml : content.html;

  const subjectRead = readLiquid(liquid, subject, `${pointer}/subject`);
  const textRead = readLiquid(liquid, text ?? '', `${pointer}/text`);
  const sourceRead = readLiquid(liquid, source, `${pointer}/${layout}`);
  const readable = [subjectRead, textRead, sourceRead];
  const faults = readable.flatMap((read) => read.faults);
  const made =
    layout === 'mjml' && sourceRead.faults.length === 0
      ? await htmlOfMjml(source, `${pointer}/mjml`)
      : { html: source, faults: [] };

  const bodies = text === undefined ? [source] : [source, text];
  return {
    compiled: { subject, html: made.html, ...(text !== undefined && { text }) },
    variables: readable.flatMap((read) => read.variables),
    hasUnsubscribe: bodies.every((body) => alwaysPrintsUnsubscribe(liquid, body)),
    faults: [...faults, ...made.faults, ...depthFaults(made.html, `${pointer}/${layout}`)],
  };
}

function depthFaults(html: string, pointer: string): readonly Fault[] {
  if (!isTooDeep(html)) return [];
  const detail = `More than ${maxDepth} elements lie in each other: close them, or nest fewer.`;
  return [{ pointer, code: 'html-too-deep', detail }];
}
