// The layering table of ARCHITECTURE.md, enforced. main.ts files compose and may import anything.
const mains = '/main[.]ts$';

const only = (folder, ...may) => ({
  name: `${folder}-imports-only-${may.join('-') || 'itself'}`,
  severity: 'error',
  from: { path: `^src/${folder}/`, pathNot: mains },
  to: { path: '^src/', pathNot: [folder, ...may].map((name) => `^src/${name}(/|[.]ts$)`) },
});

const never = (name, from, to) => ({ name, severity: 'error', from, to });

/** Inside the core imports lead downward: a noun knows those before it. */
const nouns = [
  'json',
  'time',
  'workspaces',
  'decisions',
  'contacts',
  'events',
  'conditions',
  'journeys',
  'enrollments',
  'messages',
];

const downward = nouns.map((noun, index) =>
  never(
    `core-${noun}-imports-downward`,
    { path: `^src/core/${noun}/` },
    { path: `^src/core/(${nouns.slice(index + 1).join('|') || 'nothing'})/` },
  ),
);

module.exports = {
  forbidden: [
    never('no-cycles', {}, { circular: true }),
    never(
      'sandbox-stays-pure',
      { path: '^src/workflows/' },
      { reachable: true, path: 'node_modules/(zod|mongoose|express|pino)/' },
    ),
    never(
      'workflows-know-no-schema',
      { path: '^src/workflows/' },
      { reachable: true, path: '^src/core/(.*[.]schema|time/zoned-time)[.]ts$' },
    ),
    never('core-is-pure', { path: '^src/core/' }, { dependencyTypes: ['core'] }),
    never(
      'core-loads-little',
      { path: '^src/core/', pathNot: '([.]schema|/zoned-time)[.]ts$' },
      { dependencyTypes: ['npm'] },
    ),
    ...downward,
    never(
      'core-kernel-imports-nothing',
      { path: '^src/core/[^/]+[.]ts$' },
      { path: '^src/core/[^/]+/' },
    ),
    never(
      'only-store-knows-mongoose',
      { path: '^src/', pathNot: '^src/store/' },
      { path: 'node_modules/(mongoose|mongodb)/' },
    ),
    never(
      'only-temporal-knows-the-client',
      { path: '^src/', pathNot: ['^src/temporal/', mains] },
      { path: 'node_modules/@temporalio/client/' },
    ),
    never(
      'only-mains-read-config',
      { path: '^src/', pathNot: [mains, '^src/process/'] },
      { path: '^src/process/config[.]ts$' },
    ),
    never('only-mains-compose', { path: '^src/', pathNot: mains }, { path: '^src/context[.]ts$' }),
    never('src-imports-no-dev', { path: '^src/' }, { path: '^dev/' }),
    only('core'),
    only('process', 'core'),
    only('contract', 'core'),
    only('library', 'core'),
    only('links', 'core'),
    only('connectors', 'core'),
    only('channels', 'core'),
    only('workflows', 'core', 'contract'),
    only('store', 'core'),
    only('temporal', 'core', 'contract', 'process'),
    only('intake', 'core', 'contract', 'store', 'temporal', 'process'),
    only('activities', 'core', 'contract', 'store', 'channels', 'links', 'intake', 'process'),
    only('operations', 'core', 'store', 'temporal', 'intake', 'channels/templates'),
    only(
      'api',
      'core',
      'store',
      'intake',
      'operations',
      'connectors',
      'links',
      'simulator',
      'insights',
      'channels/templates',
      'process',
    ),
    only(
      'worker',
      'activities',
      'store',
      'channels',
      'temporal',
      'intake',
      'core',
      'contract',
      'links',
      'process',
    ),
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: false,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['node', 'require', 'import', 'default'],
    },
  },
};
