/**
 * The places where failure tests kill a process. They lie before and after each write or call that
 * another process can see. Otherwise passing a failpoint does nothing.
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
