import { parseArgs } from 'node:util';
import { environmentName } from '../../src/process/config';
import { startStore } from './storage/store';

async function main(): Promise<void> {
  if (environmentName() === 'production') {
    throw new Error(
      'The development store refuses NODE_ENV=production; set MONGODB_URI to a real MongoDB',
    );
  }
  const { values } = parseArgs({ options: { port: { type: 'string' }, file: { type: 'string' } } });
  const store = await startStore({
    port: Number(values.port ?? 0),
    ...(values.file === undefined ? {} : { file: values.file }),
  });
  process.stderr.write('Development stand-in for MongoDB: not for production data\n');
  process.stdout.write(`${JSON.stringify({ ready: true, port: store.port })}\n`);
  const stop = () => void store.close().then(() => process.exit(0));
  process.once('SIGTERM', stop).once('SIGINT', stop);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
