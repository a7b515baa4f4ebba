import { copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { projectFolder } from '../dev/project-folder';
import { buildWorkflowBundle } from '../dev/workflow-bundle';

/**
 * Leaves the workflow bundle in `dist`. A production worker finds it by ITINERA_WORKFLOW_BUNDLE.
 */
async function main(): Promise<void> {
  const dist = join(projectFolder, 'dist');
  await mkdir(dist, { recursive: true });
  await copyFile(await buildWorkflowBundle(), join(dist, 'workflow-bundle.js'));
}

main().catch((error: unknown) => {
  process.stderr.write(
    `${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
  );
  process.exitCode = 1;
});
