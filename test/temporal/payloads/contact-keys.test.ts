import { defaultPayloadConverter, type Payload } from '@temporalio/common';
import { createKeyRing } from '../../../src/process/secrets/key-ring';
import { keysOfContacts } from '../../../src/temporal/payloads/contact-keys';
import { createPayloadCodec } from '../../../src/temporal/payloads/payload-codec';
import { keysInMemory } from '../../support/contact-keys';

const ring = createKeyRing([{ id: 'k1', bytes: Buffer.alloc(32, 1) }]);
const contextOf = (workflowId: string) =>
  ({ type: 'workflow', namespace: 'default', workflowId }) as const;
const adasCart = contextOf('cart-recovery.cada.tag.1');
const adasWelcome = contextOf('welcome.cada.tag.1');
const beasCart = contextOf('cart-recovery.cbea.tag.1');
const payload = defaultPayloadConverter.toPayload('x');
const valueIn = ([first = {}]: readonly Payload[]) =>
  defaultPayloadConverter.fromPayload<unknown>(first);

describe('the key of a contact', () => {
  const stored = keysInMemory();
  const codec = createPayloadCodec(keysOfContacts({ ring, stored, maxAgeMs: 60_000 }));
  const others = () => createPayloadCodec(keysOfContacts({ ring, stored, maxAgeMs: 500 }));
  const keyNamedIn = async (context?: typeof adasCart) => {
    const [encoded] = await codec.encode([payload], context);
    return Buffer.from(encoded?.metadata?.['encryption-key-id'] ?? []).toString();
  };

  it('is that of all its workflows, and of no other contact', async () => {
    expect(await keyNamedIn(adasCart)).toMatch(/^contact[.]cada[.]\w+$/);
    expect(await keyNamedIn(adasWelcome)).toBe(await keyNamedIn(adasCart));
    expect(await keyNamedIn(beasCart)).toMatch(/^contact[.]cbea[.]/);
  });

  it('gives way to the ring where there is no contact', async () => {
    expect(await keyNamedIn()).toBe('k1');
    expect(await keyNamedIn(contextOf('another-workflow'))).toBe('k1');
  });

  it('reads in another process, which does not know the workflow', async () => {
    const encoded = await codec.encode([payload], adasCart);

    expect(valueIn(await others().decode(encoded))).toBe('x');
  });

  it('reads nothing any more once it is removed, and says so', async () => {
    const encoded = await codec.encode([payload], beasCart);

    await stored.remove(['cbea']);

    await expect(others().decode(encoded)).rejects.toThrow('This is erased');
  });

  it('reads nothing of before where another was made since', async () => {
    const erased = contextOf('cart-recovery.cerased.tag.1');
    const before = await codec.encode([payload], erased);
    await stored.remove(['cerased']);

    const after = await others().encode([payload], erased);

    expect(valueIn(await codec.decode(after))).toBe('x');
    await expect(codec.decode(before)).rejects.toThrow('This is erased');
  });
});
