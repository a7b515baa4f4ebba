import { Parser } from 'htmlparser2';

/** The most elements that lie in each other; beyond it readers and converters take long. */
export const maxDepth = 200;

class TooDeep extends Error {}

/** True if more elements lie in each other than mail needs. */
export function isTooDeep(html: string): boolean {
  let depth = 0;
  const parser = new Parser({
    onopentag: () => {
      depth += 1;
      if (depth > maxDepth) throw new TooDeep();
    },
    onclosetag: () => {
      depth -= 1;
    },
  });
  try {
    parser.end(html);
    return false;
  } catch (error) {
    if (error instanceof TooDeep) return true;
    throw error;
  }
}
