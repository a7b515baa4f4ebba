/** A request, from its head to its answer and to the end of all that it set going. */
export type InFlightRequest = Readonly<{
  /**
   * Does a part of its work. A request that was given up stays under way until that part has ended.
   */
  during: <Result>(work: () => Promise<Result>) => Promise<Result>;
  /** The answer is out, or nobody waits for it any more. */
  leave: () => void;
}>;

export type InFlight = Readonly<{ enter: () => InFlightRequest; count: () => number }>;

export function createInFlight(): InFlight {
  let underWay = 0;
  return {
    count: () => underWay,
    enter: () => {
      let parts = 0;
      const begin = () => {
        if (parts === 0) underWay += 1;
        parts += 1;
      };
      const end = () => {
        parts -= 1;
        if (parts === 0) underWay -= 1;
      };
      begin();
      return {
        during: async (work) => {
          begin();
          return work().finally(end);
        },
        leave: end,
      };
    },
  };
}
