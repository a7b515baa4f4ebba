// The layering table of ARCHITECTURE.md, enforced. main.ts files compose and may import anything.
const mains = '/main[.]ts$';

const only = (folder, ...may) => ({
  name: `${folder}-imports-only-${may.join('-') || 'itself'}`,
  severity: 'error',
  from: { path: `^src/${folder}/`, pathNot: mains },
  to: { path: '^src/', pathNot: [folder, ...may].map((name) => `^src/${name}(/|[.]ts$)`) },
});

const never = (name, from, to) => ({ name, severity: 'error', from, to });

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
      { reachable: true, path: '^src/journeys/(schema|zoned-time)[.]ts$' },
    ),
    never('journeys-are-pure', { path: '^src/journeys/' }, { dependencyTypes: ['core'] }),
    never(
      'journeys-load-little',
      { path: '^src/journeys/', pathNot: '^src/journeys/(schema|zoned-time)[.]ts$' },
      { dependencyTypes: ['npm'] },
    ),
    never(
      'only-store-knows-mongoose',
      { path: '^src/', pathNot: '^src/(store/|dev/store/)' },
      { path: 'node_modules/(mongoose|mongodb)/' },
    ),
    never(
      'only-temporal-knows-the-client',
      { path: '^src/', pathNot: ['^src/(temporal|dev)/', mains] },
      { path: 'node_modules/@temporalio/client/' },
    ),
    never(
      'only-mains-read-config',
      { path: '^src/', pathNot: [mains, '^src/dev/'] },
      { path: '^src/config[.]ts$' },
    ),
    never(
      'nobody-imports-dev',
      { path: '^src/', pathNot: ['^src/dev/', mains] },
      { path: '^src/dev/' },
    ),
    only('journeys'),
    only('library', 'journeys'),
    only('links', 'journeys'),
    only('connectors', 'journeys'),
    only('channels', 'journeys'),
    only('workflows', 'journeys'),
    only('store', 'journeys'),
    only('temporal', 'journeys', 'workflows/messages'),
    only('intake', 'journeys', 'store', 'temporal'),
    only('activities', 'journeys', 'store', 'channels', 'links', 'intake'),
    only(
      'operations',
      'journeys',
      'store',
      'temporal',
      'intake',
      'channels/(render|template|stored-template)',
    ),
    only(
      'api',
      'journeys',
      'store',
      'intake',
      'operations',
      'connectors',
      'links',
      'simulator',
      'insights',
      'channels/(render|preview|template|stored-template)',
      'logger',
    ),
    only(
      'worker',
      'activities',
      'store',
      'channels',
      'temporal',
      'intake',
      'journeys',
      'links',
      'logger',
      'ordered-death',
      'workflows/messages',
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
