import fc from 'fast-check';
import { workspaceId, type ContactId, type WorkspaceId } from '../../../src/core/ids';
import type { Intake } from '../../../src/intake/intake';
import { alias, identify } from '../../../src/operations/contacts/merge-contacts';
import { orderedIds } from '../../store/builders';
import { openTestStore, type TestStore } from '../../support/store';

type Ref = Readonly<{ userId?: string; anonymousId?: string; email?: string }>;
type Step =
  | Readonly<{ kind: 'track'; contact: Ref }>
  | Readonly<{ kind: 'identify'; contact: Ref }>
  | Readonly<{ kind: 'alias'; contact: Ref; previousId: string }>;

/** Users and visitors share their names, so that a previousId may be either. */
const name = fc.constantFrom('x', 'y', 'z');
const ref: fc.Arbitrary<Ref> = fc.oneof(
  fc.record({ userId: name }),
  fc.record({ anonymousId: name }),
  fc.record({ userId: name, anonymousId: name }),
);
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ kind: fc.constant('track' as const), contact: ref }),
  fc.record({
    kind: fc.constant('track' as const),
    contact: fc.record({ email: fc.constantFrom('one@shop.test', 'two@shop.test') }),
  }),
  fc.record({ kind: fc.constant('identify' as const), contact: ref }),
  fc.record({ kind: fc.constant('alias' as const), contact: ref, previousId: name }),
);

/** One person: everything that names it, and when the contact that stands for it was made. */
type Person = { readonly names: Set<string>; bornAt: number };

/** What the rules say, with sets in the place of documents. */
class World {
  private readonly people = new Set<Person>();
  private births = 0;

  take(step: Step): void {
    if (step.kind === 'alias') this.alias(step.contact, step.previousId);
    else if (step.kind === 'track') this.named(step.contact);
    else this.identify(step.contact);
  }

  /** The names of each person, the oldest person first. */
  partition(): readonly (readonly string[])[] {
    return [...this.people]
      .toSorted((one, other) => one.bornAt - other.bornAt)
      .map(({ names }) => [...names].toSorted());
  }

  private identify(contact: Ref): void {
    const person = this.named(contact);
    const visitor = this.owner(`anon:${contact.anonymousId ?? ''}`);
    if (contact.userId !== undefined && visitor && !isKnown(visitor)) this.unite(person, visitor);
  }

  private alias(contact: Ref, previousId: string): void {
    const known = this.owner(`user:${previousId}`) ?? this.owner(`anon:${previousId}`);
    const isVisitor = known !== undefined && !isKnown(known);
    const person = this.named(isVisitor ? { ...contact, anonymousId: previousId } : contact);
    this.unite(person, known ?? this.named({ userId: previousId, anonymousId: previousId }));
  }

  private named(contact: Ref): Person {
    const called = namesIn(contact);
    const [first, ...others] = called.map((one) => this.owner(one));
    const isMeant = (owner?: Person) => owner && (contact.userId === undefined || !isKnown(owner));
    const person = first ?? others.find(isMeant) ?? this.born();
    for (const one of called) if (!this.owner(one)) person.names.add(one);
    return person;
  }

  private born(): Person {
    const person = { names: new Set<string>(), bornAt: (this.births += 1) };
    this.people.add(person);
    return person;
  }

  private owner(called: string): Person | undefined {
    return [...this.people].find(({ names }) => names.has(called));
  }

  private unite(one: Person, other: Person): void {
    if (one === other) return;
    const isFirst = isKnown(one) === isKnown(other) ? one.bornAt < other.bornAt : isKnown(one);
    one.bornAt = isFirst ? one.bornAt : other.bornAt;
    for (const called of other.names) one.names.add(called);
    this.people.delete(other);
  }
}

/** The strongest first. */
function namesIn({ userId, anonymousId, email }: Ref): readonly string[] {
  const given = { user: userId, anon: anonymousId, email };
  return Object.entries(given).flatMap(([kind, id]) => (id === undefined ? [] : [`${kind}:${id}`]));
}

function isKnown({ names }: Person): boolean {
  return [...names].some((called) => called.startsWith('user:'));
}

describe('identity', () => {
  let opened: TestStore;
  let count = 0;

  beforeAll(async () => {
    opened = await openTestStore();
  });
  afterAll(() => opened.close());

  it('is what a world of sets says, after any steps', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 12 }), async (steps) => {
        const workspace = workspaceId(`shop ${(count += 1)}`);
        const world = new World();

        for (const [at, one] of steps.entries()) await take(workspace, one, at);
        for (const one of steps) world.take(one);

        expect(await partitionOf(workspace)).toEqual(world.partition());
      }),
      { numRuns: 150 },
    );
  });

  it('comes to one contact for each person, whoever is quicker', async () => {
    const certain = fc.array(fc.tuple(name, name), { minLength: 1, maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(certain, async (pairs) => {
        const workspace = workspaceId(`race ${(count += 1)}`);
        const steps = pairs.map(([userId, previousId]) => ({
          kind: 'alias' as const,
          contact: { userId: `user-${userId}` },
          previousId: `user-${previousId}`,
        }));

        await Promise.all(steps.map((one, at) => take(workspace, one, at)));

        const world = new World();
        for (const one of steps) world.take(one);
        const names = (partition: readonly (readonly string[])[]) =>
          partition
            .map((part) => part.filter((called) => called.startsWith('user:')).join(' '))
            .toSorted();
        expect(names(await partitionOf(workspace))).toEqual(names(world.partition()));
      }),
      { numRuns: 40 },
    );
  });

  const newContactId = orderedIds();

  async function take(workspace: WorkspaceId, one: Step, now: number): Promise<void> {
    const { store } = opened;
    const ask: Intake['ask'] = async (shop, _kind, request) => {
      if ('pair' in request) await store.contacts.merge(shop, request.pair, now);
      return { kind: 'accepted' };
    };
    const nobody = { addressOf: () => undefined };
    const channels = { email: nobody, sms: nobody, whatsapp: nobody };
    const rights = { writesContacts: true };
    const dependencies = { store, intake: { ask }, channels, rights, now, newContactId };
    if (one.kind === 'alias') await alias(dependencies, workspace, one);
    else if (one.kind === 'identify') {
      await identify(dependencies, workspace, { contact: one.contact, change: {} });
    } else await store.contacts.resolve(workspace, one.contact, { newId: newContactId, now });
  }

  /** The names of each contact, found by each name, the oldest contact first. */
  async function partitionOf(workspace: WorkspaceId): Promise<readonly (readonly string[])[]> {
    const { contacts } = opened.store;
    const byContact = new Map<ContactId, string[]>();
    for (const [called, contact] of everyName()) {
      const found = await contacts.find(workspace, contact);
      if (found) byContact.set(found.id, [...(byContact.get(found.id) ?? []), called]);
    }
    return [...byContact]
      .toSorted(([one], [other]) => (one < other ? -1 : 1))
      .map(([, names]) => names.toSorted());
  }
});

function everyName(): readonly (readonly [string, Ref])[] {
  const ids = ['x', 'y', 'z', 'user-x', 'user-y', 'user-z'];
  return [
    ...ids.map((id) => [`user:${id}`, { userId: id }] as const),
    ...ids.map((id) => [`anon:${id}`, { anonymousId: id }] as const),
    ...['one@shop.test', 'two@shop.test'].map((at) => [`email:${at}`, { email: at }] as const),
  ];
}
