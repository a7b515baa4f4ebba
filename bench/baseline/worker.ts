import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';

const [address = '', taskQueue = '', codePath = ''] = process.argv.slice(2);

async function main(): Promise<void> {
  Runtime.install({ logger: new DefaultLogger('ERROR') });
  const connection = await NativeConnection.connect({ address });
  const activities = { reached: () => Promise.resolve(Date.now()) };
  const workflowBundle = { codePath };
  const worker = await Worker.create({ connection, taskQueue, workflowBundle, activities });
  await worker.run();
  await connection.close();
}

void main();
