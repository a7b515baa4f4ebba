import { checkCondition, type FactRoot } from '../../conditions/check-condition';
import { checkCost } from './check-cost';
import { checkListens } from './check-listens';
import { checkEntry } from './check-entry';
import { checkGraph } from './check-graph';
import { checkMessageEvents } from './check-message-events';
import { olderNames } from './check-names';
import { checkTimes, idleRestarts } from './check-times';
import type { Condition } from '../../conditions/condition';
import type { Fault } from '../../domain-error';
import { checkUses, sendsMessage, type KnownParts } from './check-uses';
import { keyPerContact, refreshes, type Journey } from '../journey';
import { conditionsOf, namesHeardBy, type Step } from '../steps/kinds';

/** The faults and warnings of a journey. */
export type JourneyCheck = Readonly<{ faults: readonly Fault[]; warnings: readonly Fault[] }>;

/**
 * Finds the faults that forbid publishing a journey, and warns of likely mistakes. Each names its
 * culprit by JSON Pointer into the journey, and the remedy. Total on everything `journeySchema`
 * accepts.
 */
export function checkJourney(journey: Journey, known: KnownParts): JourneyCheck {
  const { steps } = journey;
  return {
    faults: [
      ...(steps.length === 0 ? [noSteps] : checkGraph(steps)),
      ...checkUses(steps, known),
      ...checkTimes(journey),
      ...checkEntry(journey),
      ...checkConditions(journey),
      ...checkCost(placedConditionsOf(journey)),
      ...checkListens(journey),
      ...checkMessageEvents(journey),
    ],
    warnings: [
      ...endlessWaits(journey),
      ...keylessRefresh(journey),
      ...endlessRestarts(journey),
      ...idleRestarts(journey),
      ...olderNames(journey),
    ],
  };
}

const noSteps: Fault = {
  pointer: '/steps',
  code: 'no-steps',
  detail: 'The journey has no steps; add at least one',
};

function checkConditions(journey: Journey): readonly Fault[] {
  const sends = journey.steps.filter(sendsMessage).map(({ id }) => id);
  return placedConditionsOf(journey).flatMap(({ when, ...place }) =>
    when ? checkCondition(when, { ...place, sends }) : [],
  );
}

type Placed = Readonly<{
  when: Condition | undefined;
  pointer: string;
  subject: string;
  roots: readonly FactRoot[];
}>;

function placedConditionsOf({ entry, exits = [], steps }: Journey): readonly Placed[] {
  return [
    {
      when: entry.when,
      pointer: '/entry/when',
      subject: 'The entry',
      roots: ['event', 'contact'],
    },
    ...exits.map(({ when, as }, index): Placed => ({
      when,
      pointer: `/exits/${index}/when`,
      subject: `Exit "${as}"`,
      roots: ['event', 'entry'],
    })),
    ...steps.flatMap((step, index) => placedInStep(step, `/steps/${index}`)),
  ];
}

function placedInStep(step: Step, pointer: string): readonly Placed[] {
  const subject = `Step "${step.id}"`;
  return conditionsOf(step).map((placed) => ({
    ...placed,
    pointer: `${pointer}${placed.pointer}`,
    subject,
  }));
}

function endlessWaits({ exits = [], steps }: Journey): readonly Fault[] {
  if (exits.length > 0) return [];
  return steps.flatMap((step, index) =>
    namesHeardBy(step).length > 0
      ? [
          {
            pointer: `/steps/${index}`,
            code: 'wait-without-exit',
            detail: `Step "${step.id}" waits for an event, but no exit ends the journey once its goal is reached; add one to "exits"`,
          },
        ]
      : [],
  );
}

function keylessRefresh({ entry }: Journey): readonly Fault[] {
  const key = entry.key ?? [];
  if (!refreshes(entry) || key.some((path) => path !== keyPerContact)) return [];
  const detail =
    'The entry refreshes without a key, so everything a contact does is one enrollment; add "key", such as ["properties.cart_id"]';
  return [{ pointer: '/entry/repeat', code: 'refresh-without-key', detail }];
}

function endlessRestarts({ entry, settings }: Journey): readonly Fault[] {
  if (entry.repeat !== 'restart' || settings?.until !== undefined) return [];
  const detail =
    'Every entry event restarts the waits, so a contact that stays active never comes further; set the greatest age in "settings", such as {"until": "PT168H"}';
  return [{ pointer: '/entry/repeat', code: 'restart-without-end', detail }];
}
