/**
 * The places where a crash is worth trying: before and after each write or call that another process can see. Failure
 * tests die there; otherwise passing one does nothing.
 */
export const failpoints = [
  'before-insert',
  'after-insert',
  'after-start',
  'after-signal',
  'before-mark',
  'in-redrive',
  'after-claim',
  'before-hand-over',
  'after-hand-over',
  'before-completion',
] as const;
export type Failpoint = (typeof failpoints)[number];

export type ReachFailpoint = (failpoint: Failpoint) => void;
