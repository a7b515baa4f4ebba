import { Parser } from 'htmlparser2';
import type { Fault } from '../../../core/domain-error';

/** The limits of an MJML body: MJML takes a time that grows with their products. */
export const mjmlLimits = {
  characters: 128 * 1024,
  lines: 4_000,
  tags: 3_000,
  'attributes in one tag': 100,
};

type Size = Readonly<Record<keyof typeof mjmlLimits, number>>;

/** A fault for each limit that the body passes. */
export function excessesOf(mjml: string, pointer: string): readonly Fault[] {
  const size = sizeOf(mjml);
  return (Object.keys(mjmlLimits) as (keyof Size)[])
    .filter((name) => size[name] > mjmlLimits[name])
    .map((name) => ({
      pointer,
      code: 'mjml-too-large',
      detail: `The body has ${size[name]} ${name}: the limit is ${mjmlLimits[name]}.`,
    }));
}

function sizeOf(mjml: string): Size {
  let tags = 0;
  let most = 0;
  let attributes = 0;
  const parser = new Parser(
    {
      onopentagname: () => {
        tags += 1;
        attributes = 0;
      },
      onattribute: () => {
        attributes += 1;
        most = Math.max(most, attributes);
      },
    },
    { xmlMode: true },
  );
  parser.end(mjml);
  const lines = mjml.split('\n').length;
  return { characters: mjml.length, lines, tags, 'attributes in one tag': most };
}
