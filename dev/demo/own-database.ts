import { mongo } from 'mongoose';

const parts = /^(mongodb(?:\+srv)?:\/\/)([^/?]+)\/?([^?]*)\??(.*)$/;

/**
 * The address of another database on the same servers. Credentials stay those of the database that
 * was named.
 */
export function databaseAt(uri: string, name: string): string {
  const [, protocol = '', hosts = '', named = '', given = ''] = parts.exec(uri) ?? [];
  const options = new URLSearchParams(given);
  if (hosts.includes('@') && !options.has('authSource')) {
    options.set('authSource', named === '' ? 'admin' : named);
  }
  const query = options.size > 0 ? `?${options.toString()}` : '';
  return `${protocol}${hosts}/${name}${query}`;
}

/** Removes the database that the address names. */
export async function dropDatabase(uri: string): Promise<void> {
  const client = await mongo.MongoClient.connect(uri);
  try {
    await client.db().dropDatabase();
  } finally {
    await client.close();
  }
}
