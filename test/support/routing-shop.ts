import { eventKeyOf } from '../../src/intake/accept/event-identity';
import { begin } from '../../src/core/enrollments/begin';
import type { Enrollment } from '../../src/core/enrollments/enrollment';
import type { Again, Journey } from '../../src/core/journeys/journey';
import type { HeardEvent } from '../../src/core/enrollments/progress';
import { hear } from '../../src/core/enrollments/hear';
import { rememberSeen } from '../../src/workflows/seen';
import type { EnrollmentInput } from '../../src/contract/enrollment-workflow';
import { noon, type TestIntake } from './intake';
import { aJourney } from './core/builders';
import { people, type Happening, type RoutingWorld, type Rules } from './routing-world';

/** Without a send, whose gate would hide a fault of routing. No wait ends here but by an event. */
export function journeyOf({ repeat, again, orders }: Rules): Journey {
  const after: Readonly<Record<Rules['again'], Again>> = {
    never: 'never',
    afterExit: 'afterExit',
    'after two hours': { after: 'PT2H' },
  };
  const [field, is] =
    orders === 'of the cart'
      ? (['cart_id', 'equals'] as const)
      : (['items', 'intersects'] as const);
  const ordered = {
    fact: `event.properties.${field}`,
    is,
    to: { fact: `entry.properties.${field}` },
  };
  return aJourney({
    entry: {
      events: ['Cart Updated'],
      when: { fact: 'event.properties.total', is: 'greater', to: 0 },
      key: ['properties.cart_id'],
      repeat,
      again: after[again],
    },
    exits: [{ events: ['Order Completed'], when: ordered, as: 'converted' }],
    steps: [
      { id: 'listen', kind: 'waitFor', events: [{ names: ['Ping'] }], timeout: 'PT720H' },
      { id: 'rest', kind: 'wait', for: 'PT720H' },
    ],
  });
}

/** Takes events in one after the other and settles them. Each is received at its own instant. */
export async function takeIn(shop: TestIntake, batch: readonly Happening[]): Promise<void> {
  await shop.intake.batch(async (receive) => {
    for (const { id, name, who, cart, items, total, occurredAt, receivedAt } of batch) {
      const properties = { cart_id: cart, items, total };
      shop.at(receivedAt);
      await receive(shop.workspace, { id, name, contact: { userId: who }, occurredAt, properties });
    }
  });
  await shop.intake.drain();
}

/** As if the last activity of its workflow had run. */
export async function completeAt(
  { dependencies, workspace }: TestIntake,
  { who, cart }: Readonly<{ who: string; cart: string }>,
): Promise<void> {
  const { enrollments, contacts } = dependencies.store;
  const contact = await contacts.find(workspace.id, { userId: who });
  const open = contact ? await enrollments.openOf(workspace.id, contact.id) : [];
  for (const { id } of open.filter(({ key }) => key === cart)) {
    await enrollments.close(workspace.id, id, { as: 'completed', because: 'completed', at: noon });
  }
}

/**
 * An enrollment by the names that the shop gave, with its workflow's signals and state.
 */
export type Found = Readonly<{
  who: string | undefined;
  cart: string;
  n: number;
  first: string | undefined;
  newest: string | undefined;
  ended: string | undefined;
  workflow: Readonly<{ newest: string | undefined; exited: string | undefined }>;
  told: readonly (string | undefined)[];
}>;

export async function foundIn(
  shop: TestIntake,
  happenings: readonly Happening[],
): Promise<readonly Found[]> {
  const { workspace, dependencies } = shop;
  const names = new Map(happenings.map(({ id }) => [String(eventKeyOf(workspace.id, id)), id]));
  for (const userId of people) {
    const contact = await dependencies.store.contacts.find(workspace.id, { userId });
    if (contact) names.set(contact.id, userId);
  }
  return (await shop.enrollments())
    .map((enrollment) => foundFrom(enrollment, shop, names))
    .toSorted(byName);
}

function foundFrom(
  { id, contact, key, n, enteredBy, snapshot, ended }: Enrollment,
  { temporal }: TestIntake,
  names: ReadonlyMap<string, string>,
): Found {
  const batches = temporal.told.filter(({ enrollment }) => enrollment === id);
  const events = batches.flatMap((batch) => batch.events);
  const inputs = temporal.started.filter(({ enrollment }) => enrollment === id);
  const [workflow] = inputs.map((input) => workflowOf(input, events));
  return {
    who: names.get(contact),
    cart: key,
    n,
    first: names.get(enteredBy),
    newest: names.get(snapshot.event),
    ended: ended && endingOf(ended.as, ended.by && names.get(ended.by.event)),
    workflow: { newest: names.get(workflow?.newest ?? ''), exited: workflow?.exited },
    told: events.map((event) => names.get(event.id)),
  };
}

/** What the workflow makes of its start and of what it is told. */
function workflowOf({ journey, opening }: EnrollmentInput, events: readonly HeardEvent[]) {
  const { entry, position } = rememberSeen([])
    .unseen(events)
    .reduce(
      (progress, event) => hear(journey, progress, event, event.receivedAt),
      begin(journey, opening),
    );
  return { newest: entry.event, exited: position.kind === 'ended' ? position.as : undefined };
}

export function foretold({ rows: enrollments }: RoutingWorld): readonly Found[] {
  return enrollments
    .map(({ who, cart, n, first, newest, ended, told }) => ({
      who,
      cart,
      n,
      first: first.id,
      newest: newest.id,
      ended: ended && endingOf(ended.as, ended.by?.id),
      workflow: { newest: newest.id, exited: ended?.by && ended.as },
      told,
    }))
    .toSorted(byName);
}

/**
 * Leaves out the three facts that a race decides: a snapshot replaced before the end, signals sent
 * twice, and signals of what no wait hears, since it happened before the entry.
 */
export function inEssence(all: readonly Found[], happenings: readonly Happening[]) {
  const at = new Map(happenings.map(({ id, occurredAt }) => [id, occurredAt]));
  const instantOf = (id: string | undefined) => at.get(id ?? '') ?? 0;
  return all.map(({ newest, workflow, told, ...rest }) => ({
    ...rest,
    exited: workflow.exited,
    ...(rest.ended === undefined && { newest: [newest, workflow.newest] }),
    told: [...new Set(told)].filter((id) => instantOf(id) >= instantOf(rest.first)).toSorted(),
  }));
}

function endingOf(as: string, by: string | undefined): string {
  return by === undefined ? as : `${as} by ${by}`;
}

function byName(one: Found, other: Found): number {
  const nameOf = ({ who, cart, n }: Found) => `${who ?? ''} ${cart} ${n}`;
  return nameOf(one) < nameOf(other) ? -1 : 1;
}
