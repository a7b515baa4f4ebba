import { Output, type Liquid } from 'liquidjs';
import { renderLimits } from './liquid';

const mark = 'mark-of-the-unsubscribe-link';
const link = 'links.unsubscribe';

/**
 * True if the Liquid prints `links.unsubscribe` whatever the facts are. A tag that reads another
 * fact may leave it out, and so does a condition that is never true. Liquid that does not parse,
 * or that passes the limits, prints nothing.
 */
export function alwaysPrintsUnsubscribe(liquid: Liquid, source: string): boolean {
  try {
    const sure = liquid
      .parse(source)
      .filter((part) => part instanceof Output || readsLinkAlone(liquid, part));
    const text: unknown = liquid.renderSync(sure, { links: { unsubscribe: mark } }, renderLimits);
    return String(text).includes(mark);
  } catch {
    return false;
  }
}

type Part = ReturnType<Liquid['parse']>[number];

function readsLinkAlone(liquid: Liquid, part: Part): boolean {
  return liquid.globalFullVariablesSync([part]).every((path) => path === link);
}
