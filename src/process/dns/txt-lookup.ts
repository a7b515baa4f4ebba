import { Resolver } from 'node:dns/promises';

/** The texts under a name, each whole. None is an answer too; undefined says that DNS gave none. */
export type TxtLookup = (name: string) => Promise<readonly string[] | undefined>;

/** A request gives up after 1.5 seconds. */
const longestMs = 1_000;

/** Asks the given server, `IP:PORT`, or those of the system. */
export function createTxtLookup(server?: string): TxtLookup {
  return async (name) => {
    const resolver = new Resolver();
    if (server !== undefined) resolver.setServers([server]);
    const timer = setTimeout(() => {
      resolver.cancel();
    }, longestMs);
    try {
      const records = await resolver.resolveTxt(name);
      return records.map((chunks) => chunks.join(''));
    } catch (error) {
      return isAbsence(error) ? [] : undefined;
    } finally {
      clearTimeout(timer);
    }
  };
}

function isAbsence(error: unknown): boolean {
  const code: unknown = Reflect.get(Object(error) as object, 'code');
  return code === 'ENODATA' || code === 'ENOTFOUND';
}
