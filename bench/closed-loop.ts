export type Round = Readonly<{ count: number; lanes: number }>;

/** Does `count` calls, `lanes` at a time, each as soon as one before it is answered. */
export async function closedLoop(
  { count, lanes }: Round,
  call: (n: number) => Promise<void>,
): Promise<void> {
  let next = 0;
  const lane = async () => {
    while (next < count) {
      next += 1;
      await call(next - 1);
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
}
