import { defaultPayloadConverter, type Payload } from '@temporalio/common';
import { createKeyRing, type NamedKey } from '../../../src/process/secrets/key-ring';
import { createPayloadCodec } from '../../../src/temporal/payloads/payload-codec';
import { keysOfContacts } from '../../../src/temporal/payloads/contact-keys';
import { keysInMemory } from '../../support/contact-keys';

const old: NamedKey = { id: 'old', bytes: Buffer.alloc(32, 1) };
const fresh: NamedKey = { id: 'new', bytes: Buffer.alloc(32, 2) };

function codecWith(...keys: readonly [NamedKey, ...NamedKey[]]) {
  const payloadKeys = { ring: createKeyRing(keys), stored: keysInMemory(), maxAgeMs: 500 };
  return createPayloadCodec(keysOfContacts(payloadKeys));
}

const payloadOf = (value: unknown): Payload => defaultPayloadConverter.toPayload(value);
const valuesOf = (payloads: readonly Payload[]) =>
  payloads.map((payload) => defaultPayloadConverter.fromPayload<unknown>(payload));
const bytesOf = (payload: Payload) => bytesIn(payload).length;
const textOf = (payloads: readonly Payload[]) =>
  payloads.map((payload) => Buffer.from(bytesIn(payload)).toString('latin1')).join();

describe('the payload codec', () => {
  it('reads what it has written', async () => {
    const codec = codecWith(fresh);
    const values = [{ email: 'ada@shop.test' }, undefined, 'text', 'ada '.repeat(1_000)];

    const encoded = await codec.encode(values.map(payloadOf));

    expect(valuesOf(await codec.decode(encoded))).toEqual(values);
  });

  it('leaves nothing readable but the id of the key', async () => {
    const encoded = await codecWith(fresh).encode([payloadOf({ email: 'ada@shop.test' })]);

    expect(textOf(encoded)).not.toMatch(/ada|email|json/);
    expect(encoded[0]?.metadata).toEqual({
      encoding: Buffer.from('binary/encrypted'),
      'encryption-key-id': Buffer.from('new'),
      compression: Buffer.from('none'),
    });
  });

  it('compresses what is large', async () => {
    const large = payloadOf('ada@shop.test '.repeat(1_000));

    const [encoded = {}] = await codecWith(fresh).encode([large]);

    expect(bytesOf(encoded)).toBeLessThan(bytesOf(large) / 20);
  });

  it('never writes the same bytes twice', async () => {
    const codec = codecWith(fresh);

    const [first, second] = await codec.encode([payloadOf('ada'), payloadOf('ada')]);

    expect(first?.data).not.toEqual(second?.data);
  });

  it('writes by the newest key and reads by the older ones', async () => {
    const before = await codecWith(old).encode([payloadOf('before')]);
    const codec = codecWith(fresh, old);

    const after = await codec.encode([payloadOf('after')]);

    expect(valuesOf(await codec.decode([...before, ...after]))).toEqual(['before', 'after']);
    expect(after[0]?.metadata?.['encryption-key-id']).toEqual(Buffer.from('new'));
  });

  it('names the key that it lacks', async () => {
    const encoded = await codecWith(old).encode([payloadOf('before')]);

    await expect(codecWith(fresh).decode(encoded)).rejects.toThrow('has no key "old"');
  });

  it.each([
    ['a changed byte', (payload: Payload) => ({ ...payload, data: flipped(payload) })],
    ['another compression', (payload: Payload) => withMetadata(payload, 'compression', 'deflate')],
    ['another key', (payload: Payload) => withMetadata(payload, 'encryption-key-id', 'old')],
    ['a cut', (payload: Payload) => ({ ...payload, data: bytesIn(payload).subarray(0, 20) })],
  ])('refuses %s', async (_change, change) => {
    const codec = codecWith(fresh, old);
    const [encoded = {}] = await codec.encode([payloadOf('ada')]);

    await expect(codec.decode([change(encoded)])).rejects.toThrow(/^It has been changed/);
  });

  it('lets a payload pass that was never encoded', async () => {
    const plain = payloadOf({ of: 'a recorded history' });

    await expect(codecWith(fresh).decode([plain])).resolves.toEqual([plain]);
  });
});

function bytesIn({ data }: Payload): Uint8Array {
  return data ?? Buffer.alloc(0);
}

function flipped(payload: Payload): Uint8Array {
  return bytesIn(payload).map((byte, place) => (place === 14 ? byte ^ 1 : byte));
}

function withMetadata(payload: Payload, name: string, value: string): Payload {
  return { ...payload, metadata: { ...payload.metadata, [name]: Buffer.from(value) } };
}
