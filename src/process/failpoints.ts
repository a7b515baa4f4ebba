/**
 * The places where a crash is worth trying: before and after each write or call that another process can see. Failure
 * tests die there; otherwise passing one does nothing.
 */
export const boundaries = [
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
export type Boundary = (typeof boundaries)[number];

export type Passing = (boundary: Boundary) => void;
