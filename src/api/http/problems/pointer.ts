/** The JSON Pointer (RFC 6901) of a path; the empty one is the whole document. */
export function pointerTo(path: readonly PropertyKey[]): string {
  return path
    .map((segment) => `/${String(segment).replaceAll('~', '~0').replaceAll('/', '~1')}`)
    .join('');
}
