/** The number in `maxConnections` of the URL of a provider, or the usual one. */
export function connectionsIn({ searchParams }: URL, usual: number): number {
  const written = Number(searchParams.get('maxConnections'));
  return Number.isInteger(written) && written > 0 ? written : usual;
}
