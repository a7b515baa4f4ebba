import { readFile } from 'node:fs/promises';
import { workflowBundlePath } from '../support/processes/temporal';

const moduleName = /^\/\*\*\*\/ "([^"]+)"/gm;
const packageName = /node_modules\/((?:@[^/]+\/)?[^/]+)\//;
const emptiedModule = /!\*\*\* (\S+) \(ignored\) \*\*\*!/g;

describe('the workflow bundle', () => {
  let modules: readonly string[];
  let code: string;

  beforeAll(async () => {
    code = await readFile(workflowBundlePath(), 'utf8');
    modules = [...code.matchAll(moduleName)].flatMap(([, name]) => name ?? []);
  });

  it('holds no package but the SDK and what the SDK brings', () => {
    const packages = new Set(modules.flatMap((name) => packageName.exec(name)?.[1] ?? []));

    expect([...packages].sort()).toEqual([
      '@temporalio/common',
      '@temporalio/workflow',
      'long',
      'ms',
      'nexus-rpc',
    ]);
  });

  it('holds no folder of ours but the workflows, the contract and the core', () => {
    const own = modules.filter((name) => name.startsWith('.') && !name.includes('node_modules'));
    const folders = new Set(own.map((name) => name.split('/').slice(0, 3).join('/')));

    expect([...folders].sort()).toEqual(['./src/contract', './src/core', './src/workflows']);
  });

  it.each(['zod', 'mongoose', 'express', 'pino', 'temporal-polyfill'])('holds no %s', (name) => {
    expect(modules.filter((module) => module.includes(`node_modules/${name}/`))).toEqual([]);
  });

  it('loads its modules once for all workflows of a thread', () => {
    expect(code).toMatch(
      /exports\.preloadModules = function preloadModules\(\) \{\s+__webpack_require__\([^)]*"\.\/src\/workflows\/index\.ts"\)/,
    );
  });

  it('holds no module of Node, not even an emptied one', () => {
    const emptied = [...code.matchAll(emptiedModule)].flatMap(([, name]) => name ?? []);

    expect([...new Set(emptied)]).toEqual(['__temporal_custom_payload_converter']);
  });
});
