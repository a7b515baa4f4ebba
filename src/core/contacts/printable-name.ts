const longest = 50;
const ofAddresses = ['@', '://', 'www.'];

/**
 * A trait as it can be printed where a person is named. It is trimmed, on a line, and has at most
 * 50 characters. Undefined where it is no text, has no letter, or holds an address, a link or
 * markup. A stranger may have written it, to have their own words delivered. Repeating changes
 * nothing.
 */
export function printableName(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  const name = value.trim();
  const canBeName = /\p{L}/u.test(name) && name.length <= longest;
  return canBeName && !isSuspect(name) ? name : undefined;
}

/** A dot between letters makes a host. Mail readers turn that into a link. */
function isSuspect(name: string): boolean {
  const small = name.toLowerCase();
  return (
    ofAddresses.some((part) => small.includes(part)) ||
    /[<>{}[\]\\/|`]|\p{Cc}|[\u2028\u2029\u202a-\u202e\u2066-\u2069]/u.test(name) ||
    /[\p{L}\p{N}][.。．｡]\p{L}{2,}/u.test(name)
  );
}
