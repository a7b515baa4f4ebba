import type { CompiledJourney } from '../journeys/compiled-journey';
import type { WorkspaceId } from '../journeys/ids';

type Settings = Readonly<{
  load(workspace: WorkspaceId): Promise<readonly CompiledJourney[]>;
  /** Real milliseconds, monotone. */
  now(): number;
  maxAgeMs?: number;
}>;

/** The journeys that can be entered now. What another process publishes is seen within `maxAgeMs`. */
export type LiveJourneys = Readonly<{
  of(workspace: WorkspaceId): Promise<readonly CompiledJourney[]>;
  /** After a publish here: the next look is fresh. */
  forget(workspace: WorkspaceId): void;
}>;

export function createLiveJourneys({ load, now, maxAgeMs = 500 }: Settings): LiveJourneys {
  const cache = new Map<
    WorkspaceId,
    { at: number; journeys: Promise<readonly CompiledJourney[]> }
  >();
  return {
    of: async (workspace) => {
      const cached = cache.get(workspace);
      if (cached && now() - cached.at < maxAgeMs) return cached.journeys;
      const fresh = { at: now(), journeys: load(workspace) };
      cache.set(workspace, fresh);
      fresh.journeys.catch(() => {
        if (cache.get(workspace) === fresh) cache.delete(workspace);
      });
      return fresh.journeys;
    },
    forget: (workspace) => cache.delete(workspace),
  };
}
