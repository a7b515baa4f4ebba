import { DomainError } from '../core/domain-error';

/** An error without its text, which may quote an address or a document. */
export type Failure = Readonly<{
  /** The class and the code of the error, then those of its causes. */
  kinds: readonly string[];
  /** The places in the code that the error came through. */
  frames: readonly string[];
}>;

const mostCauses = 5;

/** Describes an error by what the code made of it. Only class names, codes and places are kept. */
export function failureOf(error: unknown): Failure {
  return { kinds: kindsOf(error), frames: framesOf(error) };
}

const longestWords = 2_000;

/**
 * Tells of an error in words of our own, without addresses. Drivers and parsers may quote what they
 * were given, so that classes and codes stand in place of their words.
 */
export function wordsOf(error: unknown): string {
  if (!isOfOurWords(error)) return kindsOf(error).join(' < ');
  return error.message.slice(0, longestWords).replace(/[^\s<>"']+@[^\s<>"',;]+/g, '[redacted]');
}

/** Node composes the text of a failed system call from its name, code and place. */
function isOfOurWords(error: unknown): error is Error {
  if (error instanceof DomainError) return true;
  return error instanceof Error && 'syscall' in error && 'errno' in error;
}

function kindsOf(error: unknown, depth = 0): readonly string[] {
  if (!(error instanceof Error)) return depth === 0 ? [typeof error] : [];
  if (depth >= mostCauses) return [];
  return [kindOf(error), ...kindsOf(error.cause, depth + 1)];
}

function kindOf(error: Error): string {
  return [error.constructor.name, codeOf(error)].filter(Boolean).join(' ');
}

/** Codes are written in capitals or digits. Anything else may be a text. */
function codeOf(error: Error): string {
  if (error instanceof DomainError) return error.code;
  const code: unknown = 'code' in error ? error.code : undefined;
  const text = typeof code === 'number' ? String(code) : code;
  return typeof text === 'string' && /^[A-Z0-9_]{1,40}$/.test(text) ? text : '';
}

function framesOf(error: unknown): readonly string[] {
  if (!(error instanceof Error)) return [];
  const lines = (error.stack ?? '').replace(error.message, '').split('\n');
  return lines.filter((line) => /^ {4}at .*:\d+:\d+\)?$/.test(line)).map((line) => line.trim());
}
