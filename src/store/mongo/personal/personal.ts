/** The personal fields of a collection. With a key ring they are encrypted. */
export type Personal = Readonly<{
  /**
   * The contact under whose key a row is encrypted. It is asked about whole rows and about changes,
   * which say the id of their row. Undefined where a row tells of no contact.
   */
  ownerOf: (fields: Fields) => string | undefined;
  /**
   * The encrypted fields, by part. A path names a field, or a field of a field. A part is encrypted
   * as a whole, so a change of one field of it gives all the others.
   */
  parts: Readonly<Record<string, readonly string[]>>;
  /** Fields that rows are found by. Keyed digests stand in their place. */
  digested?: readonly string[];
  /** Stand for fields that nobody can read any more, by path. */
  erased?: Fields;
  /** True of a row that says nothing personal. */
  isImpersonal?: (row: Fields) => boolean;
}>;

/** Fields by their names or paths. */
export type Fields = Readonly<Record<string, unknown>>;

/** Encrypts a part of a row. `place` names the row and the part. */
export type Seal = (place: string, fields: Fields) => Buffer;

/** Decrypts a part. Undefined where the key of its contact is gone. */
export type Open = (place: string, sealed: Buffer) => Fields | undefined;

/** The keys of rows. */
export type Vault = Readonly<{
  /** A contact that is made at this moment is new: it has no key yet. */
  sealing: (contact: string | undefined, isNew: boolean) => Promise<Seal>;
  /** Reads all keys that these parts need. */
  opening: (parts: readonly Buffer[]) => Promise<Open>;
  digest: (text: string) => Promise<string>;
}>;
