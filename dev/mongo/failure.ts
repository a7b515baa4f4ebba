type Fields = Readonly<Record<string, unknown>>;

const codes = {
  InternalError: 1,
  BadValue: 2,
  FailedToParse: 9,
  TypeMismatch: 14,
  IllegalOperation: 20,
  NamespaceNotFound: 26,
  IndexNotFound: 27,
  PathNotViable: 28,
  ConflictingUpdateOperators: 40,
  CursorNotFound: 43,
  InvalidIdField: 53,
  CommandNotFound: 59,
  ImmutableField: 66,
  CannotCreateIndex: 67,
  InvalidOptions: 72,
  IndexOptionsConflict: 85,
  IndexKeySpecsConflict: 86,
  CannotIndexParallelArrays: 171,
  NotImplemented: 238,
  BSONObjectTooLarge: 10334,
  DuplicateKey: 11000,
  UnknownField: 40415,
} as const;

/**
 * An error as MongoDB reports it: a code, its name, and the fields that belong to it (`keyValue`,
 * say).
 */
export class CommandError extends Error {
  constructor(
    readonly codeName: keyof typeof codes,
    message: string,
    readonly details: Fields = {},
  ) {
    super(message);
  }

  get code(): number {
    return codes[this.codeName];
  }
}

/** Runs what a client's expression decides, so that its mistakes are reported as the client's. */
export function evaluate<T>(run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (error instanceof CommandError) throw error;
    throw new CommandError('BadValue', error instanceof Error ? error.message : String(error));
  }
}

export function failureReply(error: unknown): Fields {
  const failure =
    error instanceof CommandError
      ? error
      : new CommandError('InternalError', error instanceof Error ? error.message : String(error));
  return {
    ok: 0,
    errmsg: failure.message,
    code: failure.code,
    codeName: failure.codeName,
    ...failure.details,
  };
}
