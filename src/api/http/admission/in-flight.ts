/** Counts the work under way in this process, by its parts. */
export type InFlight = Readonly<{
  /**
   * Does a part of the work of a request. A request that was given up stays under way until that
   * part has ended. A client that is slow to send its body or to take its answer does not count.
   */
  during: <Result>(work: () => Promise<Result>) => Promise<Result>;
  count: () => number;
}>;

export function createInFlight(): InFlight {
  let underWay = 0;
  return {
    count: () => underWay,
    during: async (work) => {
      underWay += 1;
      return work().finally(() => {
        underWay -= 1;
      });
    },
  };
}
