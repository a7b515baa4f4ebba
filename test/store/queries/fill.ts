import { contactId, enrollmentIdOf, eventKey, journeyId, stepId } from '../../../src/core/ids';
import type { Enrollment } from '../../../src/core/enrollments/enrollment';
import type { Store } from '../../../src/store/store';
import {
  aClaim,
  aDeadEvent,
  aDecision,
  aKey,
  anEnrollment,
  anEvent,
  aRefusal,
  cartRecovery,
  rival,
  shop,
} from '../builders';

/** Enough that a plan which looks at what it is not asked for shows. */
const others = 60;

const numbers = Array.from({ length: others }, (_, n) => n);
const otherJourney = journeyId('win-back');

const other = (n: number) => contactId(`other ${n}`);

/** A contact with a long past. */
export const bea = contactId('bea');

export const beasEnrollment = (n: number) =>
  anEnrollment(n, {
    id: enrollmentIdOf({ journey: cartRecovery, contact: bea, tag: 'past', n }),
    contact: bea,
    key: `past ${n}`,
    step: stepId('past'),
    enteredBy: eventKey(`bea entered ${n}`),
  });

async function fillPast(store: Store, n: number): Promise<void> {
  const name = `page ${n}`;
  await store.events.insert(anEvent(name, { contact: bea, status: 'delivered' }), { nextAt: 0 });
  const ending = { as: 'converted', because: 'exit-event', at: 5_000 } as const;
  const ended = { ...beasEnrollment(n), started: true, ended: ending };
  await store.enrollments.open(ended, { nextAt: 9_000_000 });
}

/** Gives the store rows of every kind that belong to other people, journeys and workspaces. */
export async function fill(store: Store): Promise<void> {
  for (const workspace of [shop, rival]) {
    await Promise.all(
      numbers.map(async (n) => {
        const own = { workspace, contact: other(n), receivedAt: n };
        const named = (name: string) => ({ ...own, key: eventKey(`${workspace} ${name} ${n}`) });
        await store.events.insert(anEvent(`p${n}`, named('p')), { nextAt: 9_000_000 });
        await store.events.insert(
          anEvent(`d${n}`, { ...named('d'), status: 'delivered', keys: [`other ${n}`] }),
          { nextAt: 0 },
        );
        await store.events.insert(aDeadEvent(`x${n}`, named('x')), { nextAt: 0 });
        const birth = { newId: () => contactId(`${workspace} ${n}`), now: n };
        const ref = { userId: `${n}`, email: `${n}@shop.example`, phone: `+39${n}` };
        await store.contacts.resolve(workspace, ref, birth);
      }),
    );
    await Promise.all(numbers.map((n) => fillEnrollments(store, { workspace, openedAt: n }, n)));
  }
  await Promise.all(numbers.map((n) => fillRest(store, n)));
  await Promise.all(numbers.map((n) => fillPast(store, n)));
}

type Place = Pick<Enrollment, 'workspace' | 'openedAt'>;

async function fillEnrollments(store: Store, place: Place, n: number): Promise<void> {
  const rows = [
    { journey: otherJourney, step: stepId('wait'), started: true },
    { journey: cartRecovery, step: stepId('remind'), started: n % 2 === 0 },
  ];
  for (const row of rows) {
    const number = place.workspace === shop ? 1 : 2;
    const ids = { journey: row.journey, contact: other(n), tag: `tag${n}`, n: number };
    const key = `cart of ${n}`;
    const facts = { ...place, ...row, id: enrollmentIdOf(ids), contact: other(n), key };
    const opened = anEnrollment(1, { ...facts, keys: [key] });
    await store.enrollments.open(opened, { nextAt: 9_000_000 });
    if (n % 3 === 0) {
      const ending = { as: 'converted', because: 'exit-event', at: 5_000 } as const;
      await store.enrollments.close(place.workspace, opened.id, ending);
    }
  }
}

async function fillRest(store: Store, n: number): Promise<void> {
  const contact = other(n);
  const ids = { journey: otherJourney, contact, tag: 'tag', n: 1 };
  const enrollment = enrollmentIdOf(ids);
  const claim = aClaim(n);
  await store.messages.claim({ ...claim, contact, enrollment, at: n });
  if (n % 2 === 0)
    await store.messages.settle(shop, claim.id, { status: 'sent', providerId: 'p', at: n });
  await store.decisions.record([
    aDecision(`other ${n}`, { contact, enrollment, at: n }),
    { ...aRefusal(`refused ${n}`), contact, at: n, workspace: rival },
  ]);
  await store.keys.put({ ...aKey(`hash ${n}`), workspace: rival, createdAt: n });
  const rejection = { id: `rejection ${n}`, at: n, source: 'segment', faults: [] };
  await store.rejections.record(rival, rejection, Date.now() + 1e9);
}
