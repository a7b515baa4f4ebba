import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';

const [address = '', taskQueue = ''] = process.argv.slice(2);

async function main(): Promise<void> {
  Runtime.install({ logger: new DefaultLogger('ERROR') });
  const connection = await NativeConnection.connect({ address });
  const workflowsPath = require.resolve('./workflow');
  const activities = { reached: () => Promise.resolve(Date.now()) };
  const worker = await Worker.create({ connection, taskQueue, workflowsPath, activities });
  await worker.run();
  await connection.close();
}

void main();
