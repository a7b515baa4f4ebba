/** Makes a switch over a union total. It does not compile while a case is missing. */
export function assertNever(value: never): never {
  throw new Error(`Impossible value ${JSON.stringify(value)}`);
}
