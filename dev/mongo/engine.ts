import { Catalog } from './storage/catalog';
import { Cursors } from './cursors';
import { dispatch } from './dispatch';
import type { Doc } from './storage/document';
import { expire } from './storage/expiry';
import { Log } from './storage/log';
import { replay, snapshot } from './storage/replay';

/** The store without its network: the data, the file behind it and the commands over both. */
export type Engine = Readonly<{
  answer: (body: Doc) => Doc;
  /** Removes expired documents and idle cursors. */
  sweep: () => void;
  close: () => void;
}>;

/** Reads the file and shrinks it to what is alive. Throws when it is damaged. */
export function openEngine(file: string | undefined, now: () => number): Engine {
  const log = new Log(file);
  const catalog = new Catalog((change) => {
    log.append(change);
  });
  for (const change of log.read()) replay(catalog, change);
  log.rewrite(snapshot(catalog));

  const cursors = new Cursors(now);
  const commit = () => {
    log.flush();
    if (log.isBloated) void log.shrink([...snapshot(catalog)]);
  };
  return {
    answer: (body) => dispatch(body, { catalog, cursors, now }, commit),
    sweep: () => {
      expire(catalog, now());
      cursors.expire();
      commit();
    },
    close: () => {
      log.close();
    },
  };
}
