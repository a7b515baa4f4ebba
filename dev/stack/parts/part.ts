/** One process of the stack: how it is started, and how one sees that it works. */
export type Part = Readonly<{
  name: string;
  file: string;
  args: readonly string[];
  env: Readonly<Record<string, string | undefined>>;
  isReady: () => Promise<boolean>;
}>;
