import { randomUUID } from 'node:crypto';
import { hashOf } from '../../src/api/http/access/authentication';
import { apiKeyId, workspaceId } from '../../src/core/ids';
import { deriveKey } from '../../src/process/secrets/derive';
import { createKeyRing } from '../../src/process/secrets/key-ring';
import { createSealing } from '../../src/process/secrets/sealing';
import { createStore } from '../../src/store/store';
import { connectionOf, type Connection } from './connection';
import { parsed } from './shop';

/** Adds another workspace, which no key over HTTP can do, and answers an owner's key of it. */
export async function addHonestCustomer(mongodb: string): Promise<string> {
  // What is sealed in this store is never read here.
  const sealing = createSealing(createKeyRing([deriveKey(randomUUID(), 'sealing')]));
  const store = createStore({ uri: mongodb, sealing });
  const key = 'an-honest-customer-with-a-long-key';
  const id = workspaceId('honest');
  await store.connect();
  await store.workspaces.put({
    ...{ id, name: 'Honest', from: 'shop@honest.test' },
    ...{ zone: 'Europe/Rome', locale: 'en' },
  });
  await store.keys.put({
    ...{ id: apiKeyId('khonest'), hash: hashOf(key), workspace: id, name: 'honest' },
    ...{ scopes: ['admin'], createdAt: 0 },
  });
  await store.close();
  return key;
}

/** A key of the attackers' workspace with some of its rights. */
async function keyWith(owner: Connection, scopes: readonly string[]): Promise<string> {
  const body = { name: scopes.join(' '), scopes };
  const { text } = await owner({ method: 'POST', path: '/v1/keys', body });
  return (parsed(text) as Readonly<{ key: string }>).key;
}

/** The keys that attackers have: the owner's, one that may stand in a page, and an author's. */
export async function attackersOf(api: string, apiKey: string) {
  const owner = connectionOf(api, apiKey);
  const writerKey = await keyWith(owner, ['events:write']);
  const authorKey = await keyWith(owner, ['journeys:read', 'journeys:write']);
  return {
    nobody: connectionOf(api, undefined),
    owner,
    writer: connectionOf(api, writerKey),
    author: connectionOf(api, authorKey),
    writerKey,
  };
}
