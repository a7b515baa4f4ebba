import type { Connection } from './connection';

/** An attack by its item in the table of security, with what it may find to be wrong. */
export type Attack = Readonly<{
  item: number;
  name: string;
  /** Answers every fault it has found; none where the attack has failed. */
  run: (setting: Setting) => Promise<readonly string[]>;
}>;

/** The attackers' keys by their rights: the owner's of one workspace, and weaker ones of it. */
export type Setting = Readonly<{
  api: string;
  mailbox: string;
  /** Tells one round of attacks from another in every id. */
  round: number;
  nobody: Connection;
  owner: Connection;
  writer: Connection;
  author: Connection;
  writerKey: string;
  /** How long an attack that goes on keeps going, in milliseconds. */
  floodMs: number;
}>;
