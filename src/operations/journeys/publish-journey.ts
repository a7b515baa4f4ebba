import type { KnownParts } from '../../core/journeys/checks/check-uses';
import { checkJourney } from '../../core/journeys/checks/check-journey';
import type { Instant } from '../../core/time/clock';
import { compile } from '../../core/journeys/compile';
import type { Fault } from '../../core/domain-error';
import type { WorkspaceId } from '../../core/ids';
import type { TrustedDomains } from '../../core/messages/sender';
import type { Workspace } from '../../core/workspaces/workspace';
import type { Journey } from '../../core/journeys/journey';
import { usesOf } from '../../core/journeys/steps/kinds';
import type { Store } from '../../store/store';
import { contentHashOf } from '../content-hash';
import { channelsOf, unsubscribableTemplates } from '../templates/put-template';

type Dependencies = Readonly<{
  store: Pick<Store, 'journeys' | 'senders' | 'templates'>;
  trustedDomains: TrustedDomains;
  /** Checks the input of each action, by its name. */
  actions: KnownParts['actions'];
  now: Instant;
  /** Tells the intake of this process to look again. */
  journeysChanged: (workspace: WorkspaceId) => void;
}>;

export type JourneyVerdict =
  | Readonly<{ kind: 'fit'; warnings: readonly Fault[] }>
  | Readonly<{ kind: 'faulty'; faults: readonly Fault[]; warnings: readonly Fault[] }>;

export type Published =
  | Exclude<JourneyVerdict, { kind: 'fit' }>
  | Readonly<{
      kind: 'published';
      version: number;
      /** False where this very content was the latest version already. */
      created: boolean;
      warnings: readonly Fault[];
    }>;

/**
 * Says whether a journey may be published. It checks its sense, its templates, a way out of every
 * marketing message, and that the workspace may send.
 */
export async function examineJourney(
  { store, actions, trustedDomains }: Pick<Dependencies, 'store' | 'actions' | 'trustedDomains'>,
  { id: workspace, from }: Workspace,
  journey: Journey,
): Promise<JourneyVerdict> {
  const [templates, unconfirmed] = await Promise.all([
    store.templates.all(workspace),
    store.senders.unconfirmed(workspace, from, trustedDomains),
  ]);
  const known = new Set<string>(templates.map(({ id }) => id));
  const { faults, warnings } = checkJourney(journey, { templates: known, actions });
  const binding = marketingWithoutWayOut(journey, known, unsubscribableTemplates(templates));
  const misplaced = writtenForOthers(journey, channelsOf(templates));
  const all = [...faults, ...binding, ...misplaced, ...sendsUnconfirmed(journey, unconfirmed)];
  return all.length > 0 ? { kind: 'faulty', faults: all, warnings } : { kind: 'fit', warnings };
}

/**
 * Publishes a journey as its next version. The same content as the latest is that version again.
 */
export async function publishJourney(
  { store, now, journeysChanged, ...examining }: Dependencies,
  workspace: Workspace,
  journey: Journey,
): Promise<Published> {
  const verdict = await examineJourney({ store, ...examining }, workspace, journey);
  if (verdict.kind === 'faulty') return verdict;
  const published = await store.journeys.publish(workspace.id, {
    source: journey,
    compile: (version) => compile(journey, version),
    contentHash: contentHashOf(journey),
    at: now,
  });
  journeysChanged(workspace.id);
  return { kind: 'published', ...published, warnings: verdict.warnings };
}

function marketingWithoutWayOut(
  { steps }: Journey,
  known: ReadonlySet<string>,
  unsubscribable: ReadonlySet<string>,
): readonly Fault[] {
  return steps.flatMap((step, index) =>
    usesOf(step).flatMap((use) => {
      if (use.kind !== 'template' || use.purpose !== 'marketing') return [];
      const { pointer, template } = use;
      if (!known.has(template) || unsubscribable.has(template)) return [];
      const detail =
        `Step "${step.id}" sends marketing by template "${template}", which lacks an unsubscribe link; ` +
        'put {{ links.unsubscribe }} into each of its languages, outside every condition';
      return [{ pointer: `/steps/${index}${pointer}`, code: 'no-unsubscribe', detail }];
    }),
  );
}

function writtenForOthers(
  { steps }: Journey,
  channelOf: ReadonlyMap<string, string>,
): readonly Fault[] {
  return steps.flatMap((step, index) =>
    usesOf(step).flatMap((use) => {
      if (use.kind !== 'template') return [];
      const { pointer, template, channel } = use;
      const written = channelOf.get(template);
      if (written === undefined || written === channel) return [];
      const detail =
        `Step "${step.id}" sends template "${template}" by ${channel}, and it is written for ${written}; ` +
        `name one for ${channel} in "templates", or take ${channel} out of "channels"`;
      return [{ pointer: `/steps/${index}${pointer}`, code: 'other-channel', detail }];
    }),
  );
}

function sendsUnconfirmed({ steps }: Journey, domain: string | undefined): readonly Fault[] {
  if (domain === undefined) return [];
  return steps.flatMap((step, index) => {
    if (!usesOf(step).some((use) => use.kind === 'template' && use.channel === 'email')) return [];
    const detail = `Step "${step.id}" sends from "${domain}", which the workspace has not confirmed; PUT /v1/senders/${domain} says how`;
    return [{ pointer: `/steps/${index}`, code: 'sender-unconfirmed', detail }];
  });
}
