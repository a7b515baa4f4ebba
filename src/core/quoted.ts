const most = 10;

/** Names as a message lists them: the first ten, in quotes. */
export function quoted(names: Iterable<string>): string {
  const all = [...names];
  const listed = all.slice(0, most).map((name) => `"${name}"`);
  return [...listed, ...(all.length > most ? ['…'] : [])].join(', ');
}
