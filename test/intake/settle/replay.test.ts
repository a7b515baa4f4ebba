import { redriveOnce } from '../../../src/intake/settle/redrive';
import { eventId } from '../../../src/core/ids';
import { cart, cartJourney, order } from '../../support/cart';
import { noon, testIntake, type TestIntake } from '../../support/intake';
import { openTestStore, type TestStore } from '../../support/store';

const hour = 3_600_000;
let opened: TestStore;
let shop: TestIntake;

beforeAll(async () => {
  opened = await openTestStore();
});
afterAll(async () => {
  await opened.close();
});
beforeEach(async () => {
  shop = testIntake(opened.store);
  await shop.publish(cartJourney);
});

describe('a replay', () => {
  async function poisoned() {
    await shop.receive(cart);
    shop.temporal.refuse('poison');
    const { id, key } = await shop.receive({ ...order, properties: { cart_id: 'poison' } });
    shop.realAt(noon + hour);
    await redriveOnce(shop.dependencies);
    return { id: eventId(id), key };
  }

  it('settles a dead event at once when what made it fail is mended', async () => {
    const { id, key } = await poisoned();
    shop.temporal.refuse('nothing any more');

    const answer = await shop.intake.replay(shop.workspace.id, id);
    await shop.intake.drain();

    expect(answer).toMatchObject({ kind: 'revived', event: { key, status: 'pending' } });
    expect(answer).not.toHaveProperty('event.because');
    expect(shop.temporal.told).toMatchObject([{ events: [{ id: key }] }]);
    expect(await opened.store.events.findByKey(shop.workspace.id, key)).toMatchObject({
      status: 'delivered',
      targets: [{ at: noon }],
    });
  });

  it('is finished by the re-drive where its own process does not come to it', async () => {
    const { key } = await poisoned();
    shop.temporal.fail(new Error('Temporal is away'));
    await shop.intake.replay(shop.workspace.id, key);
    await shop.intake.drain();
    shop.temporal.fail(undefined);
    shop.temporal.refuse('nothing any more');
    shop.realAt(noon + 2 * hour);

    await redriveOnce(shop.dependencies);

    expect(await opened.store.events.findByKey(shop.workspace.id, key)).toMatchObject({
      status: 'delivered',
    });
  });

  it('of what is still poisonous ends as dead again, with the reason', async () => {
    const { key } = await poisoned();
    await shop.intake.replay(shop.workspace.id, key);
    await shop.intake.drain();
    shop.realAt(noon + 2 * hour);

    await redriveOnce(shop.dependencies);

    expect(await opened.store.events.findByKey(shop.workspace.id, key)).toMatchObject({
      status: 'dead',
      because: 'This signal cannot be encoded',
    });
  });

  it('changes nothing about an event that is not dead', async () => {
    const { key } = await shop.receive(cart);

    const answer = await shop.intake.replay(shop.workspace.id, key);

    expect(answer).toMatchObject({ kind: 'not-dead', event: { status: 'delivered' } });
  });

  it('knows no event of another workspace', async () => {
    const { id } = await poisoned();
    const rival = testIntake(opened.store);

    const answer = await rival.intake.replay(rival.workspace.id, id);

    expect(answer).toEqual({ kind: 'unknown' });
  });
});
