import fc from 'fast-check';
import type { Journey } from '../../../src/core/journeys/journey';
import type { Step } from '../../../src/core/journeys/steps/kinds';
import type { Effect } from '../../../src/core/events/recorded-event';
import { aJourney, anEvent } from './builders';
import { enrolled, type Enrolled } from './enrolled';

const noon = Date.UTC(2026, 0, 15, 12);
export const hour = 3_600_000;
/** When the time of the first wait is up. */
export const timer = noon + hour;

const entry = anEvent({ id: 'cart', occurredAt: noon, properties: { cart_id: 'a' } });
const ofSameCart = {
  fact: 'event.properties.cart_id',
  is: 'equals',
  to: { fact: 'entry.properties.cart_id' },
} as const;
export const mail = { kind: 'send', template: 'reminder', purpose: 'service' } as const;
export const end: Step = { id: 'end', kind: 'exit' };

function journeyOf(...steps: readonly Step[]): Journey {
  const converted = { events: ['Order Completed'], when: ofSameCart, as: 'converted' };
  const refused = { events: ['Unsubscribed'], as: 'disqualified' };
  return aJourney({ exits: [converted, refused], steps });
}

export function inJourneyOf(...steps: readonly Step[]): Enrolled {
  return enrolled(journeyOf(...steps), entry);
}

/** A click within the hour leads to one mail, the hour to the other. */
export const journey = journeyOf(
  {
    id: 'listen',
    kind: 'waitFor',
    events: [{ names: ['Link Clicked', 'Order Completed'], next: 'thank' }],
    timeout: 'PT1H',
    onTimeout: 'remind',
  },
  { id: 'remind', ...mail, next: 'end' },
  { id: 'thank', ...mail, next: 'end' },
  end,
);
export const listening = enrolled(journey, entry);

/** The time is up, and a mail goes out that asks for a click. */
export const asking = inJourneyOf(
  { id: 'pause', kind: 'wait', for: 'PT1H' },
  { id: 'ask', ...mail },
  {
    ...{ id: 'listen', kind: 'waitFor', timeout: 'PT1H' },
    events: [{ names: ['Link Clicked'], next: 'thank' }],
    onTimeout: 'end',
  },
  { id: 'thank', ...mail, next: 'end' },
  end,
).wakes(timer);

export const about = (instant: number) => fc.constantFrom(-1, 0, 1).map((ms) => instant + ms);
export const order = fc.constantFrom('before', 'after');
/** A timer may fire late; what it means does not change. */
export const firing = fc.constantFrom(0, 1, 5_000).map((lateMs) => timer + lateMs);
export const instants = { occurredAt: about(timer), receivedAt: about(timer) };

/** What ends an enrollment, with or without intake's word for it. */
export const ending = fc
  .record({
    ...instants,
    ...{ isPurchase: fc.boolean(), isJudged: fc.boolean() },
  })
  .map(({ isPurchase, isJudged, ...at }) => {
    const [name, as] = isPurchase
      ? ['Order Completed', 'converted']
      : ['Unsubscribed', 'disqualified'];
    const effect: Effect = isJudged ? { kind: 'exited', as } : { kind: 'told' };
    const event = anEvent({ id: 'ending', name, properties: { cart_id: 'a' }, ...at });
    return { as, isJudged, event, take: (state: Enrolled) => state.hears(event, effect) };
  });

export const clickAt = (at: Readonly<{ occurredAt: number; receivedAt: number }>) =>
  anEvent({ id: 'click', name: 'Link Clicked', ...at });

export type Take = (state: Enrolled) => Enrolled;

/** Every state an enrollment passes. */
export function taking(first: Enrolled, ...takes: readonly Take[]): readonly Enrolled[] {
  const states = [first];
  for (const take of takes) states.push(take(states.at(-1) ?? first));
  return states;
}

/** The mails the workflow was told to send, and how the enrollment ended. */
export function branchOf(states: readonly Enrolled[]) {
  const mails = states.flatMap(({ instruction }) =>
    instruction.kind === 'send' ? [instruction.step as string] : [],
  );
  const last = states.at(-1)?.instruction;
  return { mails: [...new Set(mails)], as: last?.kind === 'finish' ? last.as : undefined };
}

export function notesOf({ progress }: Enrolled, kind: string): readonly string[] {
  return progress.notes.filter((one) => one.kind === kind).map(({ step }) => step);
}

export function inOrder(which: string, event: Take, other: Take): readonly [Take, Take] {
  return which === 'before' ? [event, other] : [other, event];
}
