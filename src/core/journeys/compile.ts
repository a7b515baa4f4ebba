import {
  defaultEntryAgeMs,
  type CompiledEntry,
  type CompiledExit,
  type CompiledJourney,
} from './compiled-journey';
import type { FactPath } from '../conditions/condition';
import { exactMs, parseDuration } from '../time/duration';
import { pathsOf } from '../conditions/holds';
import { journeyId } from '../ids';
import { withoutEnd } from './compiled-journey';
import type { Again, Entry, Exit, Journey } from './journey';
import { listensOf } from './listens';
import { compileStep, conditionsInWorkflow, type CompiledStep } from './steps/kinds';
import { nextOf } from './steps/step';

/**
 * The normal form of a version: every `next` explicit, defaults filled, durations parsed. It checks
 * nothing, and may throw on a journey in which `checkJourney` finds a fault.
 */
export function compile(journey: Journey, version: number): CompiledJourney {
  const { name, stage, entry, exits = [], steps, settings = {} } = journey;
  const { until, zone, priority } = settings;
  const restarts = entry.repeat === 'restart';
  const compiledSteps = steps.map((step, index) =>
    compileStep(step, { below: nextOf(steps[index + 1]?.id), restarts }),
  );
  return {
    id: journeyId(journey.id),
    version,
    name,
    stage,
    entry: compileEntry(entry),
    exits: exits.map(compileExit),
    first: nextOf(steps[0]?.id),
    steps: Object.fromEntries(compiledSteps.map((step) => [step.id, step])),
    listens: listensOf(journey),
    needs: needsOf(compiledSteps, exits),
    ...(until !== undefined && { untilMs: exactMs(until) }),
    ...(zone !== undefined && { zone }),
    ...(priority !== undefined && { priority }),
  };
}

function compileEntry(entry: Entry): CompiledEntry {
  const { events = [], when, key = [], repeat, again, notOlderThan, limit } = entry;
  return {
    events,
    ...(when && { when }),
    key,
    repeat: repeat === 'restart' ? 'refresh' : (repeat ?? 'ignore'),
    again: compileAgain(again ?? 'afterExit'),
    notOlderThanMs: notOlderThan === undefined ? defaultEntryAgeMs : exactMs(notOlderThan),
    ...(limit && { limit: { starts: limit.starts, within: parseDuration(limit.within) } }),
  };
}

function compileAgain(again: Again): CompiledEntry['again'] {
  if (typeof again === 'string' || 'notAfter' in again) return again;
  return { after: parseDuration(again.after) };
}

function compileExit({ events, when, key, as, lookBack }: Exit): CompiledExit {
  const unsaid = key ? withoutEnd : exactMs('PT1H');
  const lookBackMs = lookBack === undefined ? unsaid : exactMs(lookBack);
  return { events, ...(when && { when }), ...(key && { key }), as, lookBackMs };
}

/** Deciding branches are left out: an activity loads what they read. */
function needsOf(steps: readonly CompiledStep[], exits: readonly Exit[]): CompiledJourney['needs'] {
  const conditions = [
    ...exits.flatMap(({ when }) => when ?? []),
    ...steps.flatMap(conditionsInWorkflow),
  ];
  const paths = conditions.flatMap(pathsOf);
  return { event: pathsBelow('event', paths), entry: pathsBelow('entry', paths) };
}

function pathsBelow(root: 'event' | 'entry', paths: readonly FactPath[]): readonly FactPath[] {
  const prefix = `${root}.`;
  const below = paths.filter((path) => path.startsWith(prefix));
  return sorted(below.map((path) => path.slice(prefix.length)));
}

function sorted(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)].sort();
}
