const kept = 40;

/**
 * What the parts of a stack write, kept for the case that something fails; what the stack itself
 * says goes to `say`.
 */
export type StackLog = Readonly<{
  log: (line: string) => void;
  /** The latest lines of the parts. */
  latest: () => readonly string[];
}>;

export function createStackLog(say: (line: string) => void): StackLog {
  const lines: string[] = [];
  return {
    log: (line) => {
      if (!/^\[(?!stack\])/.test(line)) {
        say(line);
        return;
      }
      lines.push(line);
      if (lines.length > kept) lines.shift();
    },
    latest: () => lines,
  };
}
