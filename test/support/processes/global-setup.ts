import { buildWorkflowBundle } from '../../../dev/workflow-bundle';
import { findTestBinaries } from './binaries';

/** Fetches the servers and builds the workflow bundle once, so that no test file waits for them. */
async function globalSetup(): Promise<void> {
  await findTestBinaries();
  // eslint-disable-next-line no-restricted-properties -- the workers of Jest inherit the path
  process.env['ITINERA_WORKFLOW_BUNDLE'] ??= await buildWorkflowBundle();
}

export { globalSetup as default };
