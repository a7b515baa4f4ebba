import { prettyFactory } from 'pino-pretty';
import { z } from 'zod';

const entry = z.object({ level: z.number(), audit: z.unknown() }).partial();

const pretty = prettyFactory({
  colorize: false,
  hideObject: true,
  ignore: 'pid,hostname,name,time',
  messageFormat: '{msg}{if err.message}: {err.message}{end}',
});

/**
 * A line of a part as a person reads it. Undefined for a line that tells people nothing, such as
 * one for machines or for the audit.
 */
export function readable(line: string): string | undefined {
  const [, part = '', text = line] = /^(\[[a-z-]+\] )(.*)$/.exec(line) ?? [];
  if (text.trim() === '' && part !== '') return undefined;
  const said = entryIn(text);
  if (!said) return line;
  if (said.level === undefined || said.audit !== undefined) return undefined;
  return `${part}${pretty(text).trim()}`;
}

function entryIn(text: string): z.infer<typeof entry> | undefined {
  if (!text.startsWith('{')) return undefined;
  try {
    return entry.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}
