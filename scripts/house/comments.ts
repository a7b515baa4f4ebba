import ts from 'typescript';
import { lineOf, type Source } from './source';

/** A docstring, a block, or neighbouring `//` lines as one comment; `text` has no markers. */
export type Comment = Readonly<{ line: number; text: string }>;

type Range = Readonly<{ pos: number; end: number }>;

const marker = /^\s*(\/\*\*?|\*\/|\*(?!\/)|\/\/)?\s?|\s*\*\/\s*$/g;
const forMachines = /^(eslint-|@ts-|prettier-ignore|istanbul )/;

/** The prose of a file. Directives for tools are left out. */
export function commentsOf(source: Source): readonly Comment[] {
  const blocks: Comment[] = [];
  let nextLine = -1;
  for (const range of commentRanges(source.tree)) {
    const raw = source.tree.text.slice(range.pos, range.end);
    const line = lineOf(source, range.pos);
    const isLine = raw.startsWith('//');
    const text = proseOf(raw);
    const before = blocks.at(-1);
    if (isLine && before && line === nextLine) {
      blocks.splice(-1, 1, { ...before, text: `${before.text} ${text}` });
    } else {
      blocks.push({ line, text });
    }
    nextLine = isLine ? line + 1 : -1;
  }
  return blocks.filter(({ text }) => !forMachines.test(text));
}

/** The lines of a file that hold a comment or a part of one, counted from 1. */
export function commentLines(source: Source): readonly number[] {
  return commentRanges(source.tree).flatMap(({ pos, end }) => {
    const first = lineOf(source, pos);
    return Array.from({ length: lineOf(source, end) - first + 1 }, (_, n) => first + n);
  });
}

/** Sentences end with a full stop, a question or an exclamation mark before a new beginning. */
export function sentencesOf(text: string): readonly string[] {
  return text
    .split(/(?<=[.!?][)`"']?)\s+(?=[A-Z`"'(])/)
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence !== '');
}

function proseOf(raw: string): string {
  return raw
    .split('\n')
    .map((line) => line.replace(marker, ''))
    .join(' ')
    .replace(/\s+/g, ' ')
    .trim();
}

function commentRanges(tree: ts.SourceFile): readonly Range[] {
  const found = new Map<number, Range>();
  const visit = (node: ts.Node): void => {
    if (node.kind >= ts.SyntaxKind.FirstJSDocNode && node.kind <= ts.SyntaxKind.LastJSDocNode)
      return;
    const before = ts.getLeadingCommentRanges(tree.text, node.pos) ?? [];
    const after = ts.getTrailingCommentRanges(tree.text, node.end) ?? [];
    for (const { pos, end } of [...before, ...after]) found.set(pos, { pos, end });
    node.getChildren(tree).forEach(visit);
  };
  if (/\/[/*]/.test(tree.text)) visit(tree);
  return [...found.values()].sort((one, other) => one.pos - other.pos);
}
