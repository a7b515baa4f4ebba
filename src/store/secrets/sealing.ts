/** Wraps stored keys, so that a copy of the database alone opens nothing. */
export type Sealing = Readonly<{
  seal(label: string, plain: Uint8Array): string;
  open(label: string, sealed: string): Buffer;
  /** False of a key that was wrapped before the last rotation. */
  isNewest(sealed: string): boolean;
}>;
