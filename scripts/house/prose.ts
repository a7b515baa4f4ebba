import { commentLines, commentsOf, sentencesOf, type Comment } from './comments';
import type { Fault } from './fault';
import type { Source } from './source';

const columns = 100;
const wordsAtMost = 15;
const opener = /^(What|One|How|Where|Who|Whose|Of)\b/;
const phrase = /\b(one that|so many|whoever)\b/i;

export function findWideComments(source: Source): readonly Fault[] {
  const lines = source.tree.text.split('\n');
  return [...new Set(commentLines(source))]
    .filter((line) => (lines[line - 1] ?? '').length > columns)
    .map((line) => ({
      path: source.path,
      line,
      says: `has a comment beyond ${columns} columns: wrap it`,
    }));
}

export function findLongOpenings(source: Source): readonly Fault[] {
  return faultsOf(source, ({ text }) => {
    const [first = ''] = sentencesOf(text);
    const words = first.split(/\s+/).length;
    return words > wordsAtMost
      ? [`opens with ${words} words: say it in at most ${wordsAtMost}: ${first}`]
      : [];
  });
}

export function findStrangeSentences(source: Source): readonly Fault[] {
  return faultsOf(source, ({ text }) =>
    sentencesOf(text)
      .map((sentence) => opener.exec(sentence)?.[0] ?? phrase.exec(sentence)?.[0])
      .filter((words) => words !== undefined)
      .map((words) => `says "${words}": begin with the actor: ${text}`),
  );
}

function faultsOf(source: Source, judge: (comment: Comment) => readonly string[]) {
  return commentsOf(source).flatMap((comment) =>
    judge(comment).map((says): Fault => ({ path: source.path, line: comment.line, says })),
  );
}
