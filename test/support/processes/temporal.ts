import { TestWorkflowEnvironment } from '@temporalio/testing';
import { loadConfig } from '../../../src/process/config';
import { addSearchAttributes, searchAttributeArgs } from '../../../dev/temporal/search-attributes';
import { findTestBinaries } from './binaries';
import { quietRuntime } from './quiet-runtime';

/**
 * Makes the queues acknowledge often. A deletion waits for them, and by default they do so twice a
 * minute.
 */
export const deletingSoon = {
  'history.transferProcessorUpdateAckInterval': '"1s"',
  'history.visibilityProcessorUpdateAckInterval': '"1s"',
};

/**
 * A development server of its own, in memory or in a file, in real time. Tear it down in afterAll.
 */
export async function localServer(
  dynamicConfig: Readonly<Record<string, string>> = {},
  dbFilename?: string,
): Promise<TestWorkflowEnvironment> {
  const { temporal } = await findTestBinaries();
  quietRuntime();
  const settings = Object.entries(dynamicConfig).flatMap(([name, value]) => [
    '--dynamic-config-value',
    `${name}=${value}`,
  ]);
  return TestWorkflowEnvironment.createLocal({
    server: {
      executable: { type: 'existing-path', path: temporal },
      log: { format: 'pretty', level: 'error' },
      ...(dbFilename !== undefined && { dbFilename }),
      extraArgs: [...searchAttributeArgs, ...settings, '--output', 'none'],
    },
  });
}

/** A server that skips the time nobody works in. It cannot list or count; one a test file. */
export async function timeSkippingServer(): Promise<TestWorkflowEnvironment> {
  const { testServer } = await findTestBinaries();
  quietRuntime();
  const env = await TestWorkflowEnvironment.createTimeSkipping({
    server: { executable: { type: 'existing-path', path: testServer } },
  });
  await addSearchAttributes(env.connection.operatorService, env.namespace ?? 'default');
  return env;
}

/**
 * The path of the bundle that the global setup built. Use it as `Worker.create({ workflowBundle: {
 * codePath: workflowBundlePath() } })`.
 */
export function workflowBundlePath(): string {
  const { workflowBundle } = loadConfig();
  if (!workflowBundle) throw new Error('ITINERA_WORKFLOW_BUNDLE is unset: run the test by jest');
  return workflowBundle;
}
